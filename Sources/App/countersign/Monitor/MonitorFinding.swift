/// What a monitor found wrong with a log.
struct MonitorFinding: Error, CustomStringConvertible {
    var what: String
    /// Whether nothing that comes later can make it good.
    var isFinal: Bool

    var description: String { what }
}
