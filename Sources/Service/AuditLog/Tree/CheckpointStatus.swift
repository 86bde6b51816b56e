package import AccessModel

/// What was published last, and what publishing costs.
package struct CheckpointStatus: Hashable, Sendable {
    /// Records below the last published checkpoint, and when it was published by the gateway's clock; nil before this
    /// process published one.
    package var size: UInt64 = 0
    package var time: Timestamp?
    package var published: UInt64 = 0
    /// Microseconds from the decision to publish to the signed checkpoint, witnesses not counted: in all, the last time, and the longest.
    package var microseconds: UInt64 = 0
    package var lastMicroseconds: UInt64 = 0
    package var longestMicroseconds: UInt64 = 0
    /// Attempts that found no room on the disk.
    package var postponed: UInt64 = 0

    package init() {}
}
