internal import AccessModel
internal import Foundation

/// The wall clock.
enum SystemClock {
    /// Microseconds are well within what the Double of a Date holds exactly enough: its steps are a quarter of one.
    @Sendable
    static func now() -> Timestamp {
        Timestamp(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
    }
}
