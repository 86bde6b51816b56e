/// A time until which something must have become true. It is asked often, and never waited for longer than it takes.
struct Deadline: Sendable {
    private let end: ContinuousClock.Instant

    /// For what takes a moment on an idle machine, which says nothing about a busy one.
    static var patient: Deadline { Deadline(.seconds(180)) }

    init(_ timeout: Duration) {
        end = .now + timeout
    }

    /// Asks until there is an answer; throws at the deadline.
    @discardableResult
    func wait<Answer: Sendable>(_ what: String, for ask: () async throws -> Answer?) async throws -> Answer {
        while true {
            if let answer = try await ask() { return answer }
            guard ContinuousClock.now < end else { throw HarnessError("waited too long for \(what)") }
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}
