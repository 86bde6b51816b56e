/// A moment: microseconds since 1970-01-01T00:00:00Z, without leap seconds. Negative before.
///
/// Core has no clock: a moment always comes in as a value.
public struct Timestamp: Hashable, Comparable, Sendable, Codable {
    /// Since the epoch.
    public var microseconds: Int64

    /// As it is.
    @inlinable
    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    package init(seconds: Int64) {
        self.microseconds = seconds.multipliedReportingOverflow(by: 1_000_000).overflow ? .max : seconds * 1_000_000
    }

    /// Whole seconds, rounded down.
    @inlinable public var seconds: Int64 {
        microseconds >= 0 ? microseconds / 1_000_000 : (microseconds - 999_999) / 1_000_000
    }

    /// The earlier one.
    @inlinable
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.microseconds < right.microseconds
    }

    /// This moment plus a duration, saturating; parts of a microsecond are dropped.
    package func advanced(by duration: Duration) -> Timestamp {
        let (seconds, attoseconds) = duration.components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
        let (sum, overflowSum) = microseconds.addingReportingOverflow(
            overflow ? (seconds < 0 ? .min : .max) : whole + attoseconds / 1_000_000_000_000
        )
        return Timestamp(microseconds: overflowSum ? (seconds < 0 ? .min : .max) : sum)
    }
}
