/// How long to wait before the next attempt: half a second at first, twice as long each time, half a minute at most; each
/// somewhere between half and all of it, so that gateways do not come back in step.
struct BackOff {
    private var milliseconds = 500

    private static let longest = 30_000

    mutating func next() -> Duration {
        defer { milliseconds = min(milliseconds * 2, BackOff.longest) }
        return .milliseconds(Int.random(in: milliseconds / 2...milliseconds))
    }
}
