/// What is known of a witness from its answers so far.
package struct WitnessStanding: Hashable, Sendable {
    /// The size that it cosigned last, as far as is known; 0 where nothing is.
    package private(set) var knownSize: UInt64 = 0
    /// When it last cosigned, by its own clock, in seconds since 1970.
    package private(set) var cosignedAt: UInt64?
    package private(set) var cosignedSize: UInt64?
    package private(set) var cosignatures: UInt64 = 0
    /// By label.
    package private(set) var failures: [String: UInt64] = [:]
    /// Why the last question had no cosignature; nil after one that had.
    package private(set) var failure: WitnessFailure?
    private var failuresInARow = 0
    /// Not asked before this time of `uptime`.
    private var restsUntil = Duration.zero

    package static let longestRest = Duration.seconds(60)

    package init() {}

    package func rests(at uptime: Duration) -> Bool { uptime < restsUntil }

    package mutating func cosigned(size: UInt64, time: UInt64) {
        knownSize = size
        cosignedSize = size
        cosignedAt = time
        cosignatures += 1
        failure = nil
        failuresInARow = 0
        restsUntil = .zero
    }

    /// Rests 1, 2, 4 … 60 seconds; after what time alone does not heal, 60 at once.
    package mutating func failed(_ failure: WitnessFailure, at uptime: Duration) {
        self.failure = failure
        failures[failure.label, default: 0] += 1
        failuresInARow += 1
        let rest = Duration.seconds(1 << min(failuresInARow - 1, 6))
        let isLasting: Bool =
            switch failure {
            case .ahead, .contradicts, .refused(status: 403), .refused(status: 404): true
            default: false
            }
        restsUntil = uptime + (isLasting ? WitnessStanding.longestRest : min(rest, WitnessStanding.longestRest))
        if case .contradicts = failure { knownSize = 0 }
    }
}
