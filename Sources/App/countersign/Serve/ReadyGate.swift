internal import Synchronization

/// Tells once that every listener is up.
final class ReadyGate: Sendable {
    private struct State {
        var waiting: Int
        var addresses = GatewayAddresses()
    }

    private let state: Mutex<State>
    private let onReady: @Sendable (GatewayAddresses) -> Void

    init(waiting: Int, onReady: @escaping @Sendable (GatewayAddresses) -> Void) {
        state = Mutex(State(waiting: waiting))
        self.onReady = onReady
    }

    func listening(_ note: (inout GatewayAddresses) -> Void) {
        let ready = state.withLock { state -> GatewayAddresses? in
            note(&state.addresses)
            state.waiting -= 1
            return state.waiting == 0 ? state.addresses : nil
        }
        if let ready { onReady(ready) }
    }
}
