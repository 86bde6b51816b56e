/// Time since this process first asked: it goes on in suspend, and never steps.
enum SteadyClock {
    private static let start = ContinuousClock.now

    @Sendable
    static func now() -> Duration { ContinuousClock.now - start }
}
