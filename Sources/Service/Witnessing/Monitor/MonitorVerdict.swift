/// What a monitor makes of a checkpoint that it fetched.
package enum MonitorVerdict: Hashable, Sendable {
    /// The first that it sees.
    case first
    /// The one that it has seen.
    case same
    /// It extends the one that was seen.
    case grown(from: UInt64)
    /// Smaller than one that was seen: an old copy, or a log that was put back.
    case older(than: UInt64)
    /// Of the size of one that was seen, and with another root: both together convict the log.
    case forked
    /// The log's tiles do not prove that it extends the one that was seen.
    case unproven(from: UInt64, String)

    /// Whether it may be taken as the new one to compare with.
    package var isGood: Bool {
        switch self {
        case .first, .same, .grown: true
        case .older, .forked, .unproven: false
        }
    }
}
