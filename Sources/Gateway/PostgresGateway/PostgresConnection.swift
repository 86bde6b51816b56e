internal import AccessModel
internal import GatewayKit
internal import Logging
internal import NIOCore
internal import PostgresWire
internal import StatementAnalysis
internal import Synchronization

/// One client's connection from its first byte to its last: start-up, admission, the connection to the target, and then
/// the session that mediates. Both legs are on one event loop; every method runs there.
///
/// It begins on one of NIO's loops. Where neither leg has TLS it moves to a loop of sockets as soon as the target is
/// reached, before a byte goes there, and stays.
final class PostgresConnection {
    enum Phase: Hashable {
        /// Encryption, start-up message, token.
        case startup
        case authenticating
        /// The target's TLS, authentication and search path.
        case connecting
        case relaying
        case closed
    }

    let shared: GatewayShared
    /// Where it began; what dials and resolves names runs there.
    let dialLoop: any EventLoop
    private(set) var loop: any EventLoop
    private(set) var loopState: LoopState
    private let states: LoopStates
    let source: SourceEndpoint
    var logger: Logger

    /// Nil before and after.
    var client: (any Leg)?
    var target: (any Leg)?
    /// Whether something was written since the last flush.
    private var isClientOwed = false
    private var isTargetOwed = false

    var phase = Phase.startup
    var startup: ClientStartupMachine
    /// Bytes of either side that are not a whole message yet, until the session takes over.
    var clientPending = ByteBuffer()
    var targetPending = ByteBuffer()
    var request: StartupRequest?
    var admission: SessionAdmission?
    var targetStartup: TargetStartupMachine?
    var greeting: TargetGreeting?
    var probe = ProbeReader()
    var isRetryingWithTLS = false
    var cancelProcess: UInt32?
    var session: PostgresSession?

    let openedAt = NIODeadline.now()
    var phaseSince = NIODeadline.now()
    /// The last tick of the loop's clock before which bytes came, and whether some came since.
    var lastActivity = NIODeadline.now()
    var isActive = false
    /// Since when the leg takes no more bytes; nil while it does.
    var clientStalledSince: NIODeadline?
    var targetStalledSince: NIODeadline?

    /// On the loop.
    init(shared: GatewayShared, loop: any EventLoop, states: LoopStates, source: SourceEndpoint) {
        self.shared = shared
        self.loop = loop
        dialLoop = loop
        self.states = states
        loopState = states.state(of: loop)
        self.source = source
        logger = shared.logger
        startup = ClientStartupMachine(offersTLS: shared.tlsContext != nil)
    }

    func opened() {
        shared.counters.connections.wrappingAdd(1, ordering: .relaxed)
        shared.counters.halfOpen.wrappingAdd(1, ordering: .relaxed)
        loopState.insert(self)
        let halfOpen = shared.counters.halfOpen.load(ordering: .relaxed)
        if halfOpen > shared.limits.halfOpen || shared.isDraining { close() }
    }

    // MARK: Bytes

    func clientBytes(_ bytes: ByteBuffer) {
        isActive = true
        shared.counters.bytesFromClients.wrappingAdd(bytes.readableBytes, ordering: .relaxed)
        if let session {
            session.clientBytes(bytes)
        } else if phase != .closed {
            clientPending.writeImmutableBuffer(bytes)
            if phase == .startup { advanceStartup() }
        }
    }

    func targetBytes(_ bytes: ByteBuffer) {
        isActive = true
        shared.counters.bytesFromTargets.wrappingAdd(bytes.readableBytes, ordering: .relaxed)
        if let session {
            session.targetBytes(bytes)
            resumeClient()
        } else if phase == .connecting {
            targetPending.writeImmutableBuffer(bytes)
            advanceTargetStartup()
        }
    }

    func writeClient(_ bytes: ByteBuffer) {
        isClientOwed = true
        client?.write(bytes)
    }

    func writeTarget(_ bytes: ByteBuffer) {
        isTargetOwed = true
        target?.write(bytes)
    }

    func flushClient() {
        guard isClientOwed else { return }
        isClientOwed = false
        client?.flush()
    }

    func flushTarget() {
        guard isTargetOwed else { return }
        isTargetOwed = false
        target?.flush()
    }

    /// Everything that one leg had for now was taken; the other one's bytes go out first.
    func receivedAll(from side: ConnectionEnd.Side) {
        switch side {
        case .client:
            flushTarget()
            flushClient()
            if let client, client.isReading, !mayReadClient { client.read(false) }
        case .target:
            flushClient()
            flushTarget()
            if let target, target.isReading, !mayReadTarget { target.read(false) }
        }
    }

    // MARK: Back-pressure

    /// The client is read while the target takes what is sent, and nothing of the client's waits.
    var mayReadClient: Bool {
        switch phase {
        case .startup: true
        case .authenticating, .connecting, .closed: false
        case .relaying: target != nil && targetStalledSince == nil && (session?.mayReadClient ?? false)
        }
    }

    var mayReadTarget: Bool {
        phase != .relaying || (client != nil && clientStalledSince == nil)
    }

    func resumeClient() {
        if let client, !client.isReading, mayReadClient { client.read(true) }
    }

    private func resumeTarget() {
        if let target, !target.isReading, mayReadTarget { target.read(true) }
    }

    func writabilityChanged(_ isWritable: Bool, of side: ConnectionEnd.Side) {
        let since = isWritable ? nil : NIODeadline.now()
        switch side {
        case .client:
            clientStalledSince = since
            resumeTarget()
        case .target:
            targetStalledSince = since
            resumeClient()
        }
    }

    // MARK: Loops

    /// Goes over to a loop of sockets with both legs, and on from there. False where that cannot be: then everything stays.
    func move(to sockets: SocketLoop, with dialled: any Channel) -> Bool {
        guard let leg = client as? ChannelLeg, let channel = leg.channel else { return false }
        guard let (client, target) = SocketHandover.sockets(of: channel, dialled) else { return false }
        leg.close()
        dialled.close(promise: nil)
        loopState.remove(self)
        let moving = Moving(connection: self)
        sockets.execute { moving.connection.arrive(on: sockets, client: client, target: target) }
        return true
    }

    /// A connection between two loops.
    ///
    /// `@unchecked Sendable`: nothing of the old loop knows the connection any more. Its leg has let go of it, its channels
    /// are closed, the loop's clock has forgotten it, and no question of it is open; so it is handed over, and not shared.
    private struct Moving: @unchecked Sendable {
        let connection: PostgresConnection
    }

    private func arrive(on sockets: SocketLoop, client: Int32, target: Int32) {
        loop = sockets
        loopState = states.state(of: sockets)
        loopState.insert(self)
        self.client = SocketLeg(adopting: client, loop: sockets, receiver: ConnectionEnd(self, .client))
        self.target = SocketLeg(adopting: target, loop: sockets, receiver: ConnectionEnd(self, .target))
        // Bytes that the client sent early wait in the kernel.
        self.client?.read(mayReadClient)
        greetTarget()
    }

    // MARK: Deadlines

    func clockTicked(_ now: NIODeadline) {
        switch phase {
        case .startup where now - openedAt > shared.limits.authentication.amount: close()
        case .authenticating where now - phaseSince > .seconds(30): refuse(Refusals.notAuthenticated)
        case .connecting where now - phaseSince > (admission?.limits.connect ?? .seconds(10)).amount:
            targetFailed(.timedOut)
        case .relaying: relayingTicked(now)
        case .startup, .authenticating, .connecting, .closed: break
        }
    }

    private func relayingTicked(_ now: NIODeadline) {
        guard let session, let limits = admission?.limits else { return }
        // The clock is read for all of a loop's sessions at once, and not for each of their messages.
        if isActive { lastActivity = now }
        isActive = false
        let isStalled = [clientStalledSince, targetStalledSince].contains { since in
            since.map { now - $0 > limits.stall.amount } ?? false
        }
        if isStalled { return end(.stalled) }
        if session.isOverdue(at: now), let process = cancelProcess,
            let destination = shared.cancelKeys.destination(of: process)
        {
            dialLoop.execute { [dialLoop] in _ = CancelForwarder.forward(to: destination, on: dialLoop) }
        }
        if let idle = limits.idle, !session.hold.isWaiting, now - lastActivity > idle.amount { return end(.idle) }
        if let maximum = limits.maximum, now - phaseSince > maximum.amount { return end(.tooLong) }
        if let expires = limits.expires, shared.ports.now() >= expires { return end(.expired) }
        if shared.isDraining, session.isQuiet, session.machine.status == .idle { end(.draining) }
    }

    // MARK: The end

    func clientClosed() {
        guard phase != .closed else { return }
        if session != nil { end(.clientClosed) } else { close() }
    }

    func targetClosed() {
        switch phase {
        case .relaying: end(.targetClosed)
        case .connecting where targetStartup != nil || greeting != nil:
            targetFailed(.unreachable("it closed the connection during start-up"))
        case .connecting, .startup, .authenticating, .closed: break
        }
    }

    /// Ends a session: outcomes, the record of the end, a word to the client, then both connections.
    func end(_ reason: SessionEnd) {
        guard phase == .relaying, let session, !session.isOver else { return }
        session.withdrawHold(reason.ofHold)
        session.isOver = true
        session.settleAll()
        recordEnd(of: session, reason)
        switch reason {
        case .clientViolation, .targetViolation, .targetSetting:
            shared.counters.protocolViolations.wrappingAdd(1, ordering: .relaxed)
        case .tooManyRows, .unsearchable, .idle, .tooLong, .expired, .stalled:
            shared.counters.limitClosed.wrappingAdd(1, ordering: .relaxed)
        case .clientClosed, .targetClosed, .ledger, .killed, .draining: break
        }
        if let farewell = reason.farewell {
            var buffer = ByteBuffer()
            farewell.write(type: .errorResponse, into: &buffer)
            writeClient(buffer)
        }
        close()
    }

    /// Closes both connections, with what the kernel takes at once of what was written before.
    func close() {
        guard phase != .closed else { return }
        let wasRelaying = phase == .relaying
        if phase == .startup || phase == .authenticating {
            shared.counters.halfOpen.wrappingSubtract(1, ordering: .relaxed)
        }
        phase = .closed
        loopState.remove(self)
        if let cancelProcess { shared.cancelKeys.remove(process: cancelProcess) }
        if wasRelaying, let admission {
            shared.live.remove(admission.id)
            shared.counters.sessions.wrappingSubtract(1, ordering: .relaxed)
        }
        if let target {
            var buffer = ByteBuffer()
            buffer.writeMessage(FrontendKind.terminate.rawValue) { _ in }
            writeTarget(buffer)
            flushTarget()
            target.close()
        }
        flushClient()
        client?.close()
        (client, target, session) = (nil, nil, nil)
    }
}

extension Duration {
    var amount: TimeAmount { .nanoseconds(nanoseconds) }
}
