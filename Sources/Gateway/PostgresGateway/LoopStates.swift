internal import NIOCore
internal import Synchronization

/// The state of each event loop, made when its first connection comes.
final class LoopStates: Sendable {
    private let shared: GatewayShared
    private let table = Mutex<[ObjectIdentifier: NIOLoopBound<LoopState>]>([:])

    init(shared: GatewayShared) {
        self.shared = shared
    }

    /// Called on `loop`.
    func state(of loop: any EventLoop) -> LoopState {
        table.withLock { table in
            if let known = table[ObjectIdentifier(loop)] { return known.value }
            let state = NIOLoopBound(LoopState(loop: loop, shared: shared), eventLoop: loop)
            table[ObjectIdentifier(loop)] = state
            return state.value
        }
    }
}
