/// In which order a search tells what it finds.
package enum AuditOrder: Hashable, Sendable {
    case oldestFirst, newestFirst
}
