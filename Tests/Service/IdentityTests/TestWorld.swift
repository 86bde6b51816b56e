import AccessModel
import Synchronization

@testable import Identity

/// The network, the files and the clock of a test.
final class TestWorld: Sendable {
    struct Unreachable: Error {}

    private struct State {
        var now = Timestamp(seconds: 1_800_000_000)
        var documents: [String: String] = [:]
        var files: [String: String] = [:]
        var fetched: [String] = []
        var gate: Gate?
    }

    private let state = Mutex(State())

    var ports: IdentityPorts {
        IdentityPorts(
            fetch: { url, _ in try await self.fetch(url) },
            readFile: { path in
                guard let text = self.state.withLock({ $0.files[path] }) else { throw Unreachable() }
                return Array(text.utf8)
            },
            now: { self.now }
        )
    }

    var now: Timestamp {
        get { state.withLock { $0.now } }
        set { state.withLock { $0.now = newValue } }
    }

    /// URLs in the order in which they were asked for.
    var fetched: [String] {
        state.withLock { $0.fetched }
    }

    func pass(_ seconds: Int64) {
        state.withLock { $0.now = $0.now.advanced(by: .seconds(seconds)) }
    }

    /// Nil takes the site off the network.
    func serve(_ text: String?, at url: String) {
        state.withLock { $0.documents[url] = text }
    }

    func write(_ text: String?, to path: String) {
        state.withLock { $0.files[path] = text }
    }

    /// Holds every later fetch at the gate.
    func hold(at gate: Gate) {
        state.withLock { $0.gate = gate }
    }

    private func fetch(_ url: String) async throws -> [UInt8] {
        let (text, gate) = state.withLock { state in
            state.fetched.append(url)
            return (state.documents[url], state.gate)
        }
        await gate?.pass()
        guard let text else { throw Unreachable() }
        return Array(text.utf8)
    }
}
