internal import AccessModel
internal import GatewayKit
internal import Logging
internal import NIOCore
internal import PostgresWire
internal import StatementAnalysis
internal import Synchronization

/// One client's connection from its first byte to its last: start-up, admission, the connection to the target, and then
/// the session that mediates. Both legs are on one event loop; every method runs there.
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
    let loop: any EventLoop
    let loopState: LoopState
    let source: SourceEndpoint
    var logger: Logger

    var client: ChannelHandlerContext?
    var clientLeg: ClientLeg?
    var clientOutput: LegOutput?
    var target: ChannelHandlerContext?
    var targetLeg: TargetLeg?
    var targetOutput: LegOutput?

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

    init(shared: GatewayShared, loop: any EventLoop, loopState: LoopState, source: SourceEndpoint) {
        self.shared = shared
        self.loop = loop
        self.loopState = loopState
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
            if let client { clientLeg?.resumeReading(client) }
        } else if phase == .connecting {
            targetPending.writeImmutableBuffer(bytes)
            advanceTargetStartup()
        }
    }

    func writeClient(_ bytes: ByteBuffer) { clientOutput?.write(bytes) }

    func writeTarget(_ bytes: ByteBuffer) { targetOutput?.write(bytes) }

    func flushClient() { clientOutput?.flush() }

    func flushTarget() { targetOutput?.flush() }

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

    func clientWritabilityChanged(_ isWritable: Bool) {
        clientStalledSince = isWritable ? nil : .now()
        if isWritable, let target { targetLeg?.resumeReading(target) }
    }

    func targetWritabilityChanged(_ isWritable: Bool) {
        targetStalledSince = isWritable ? nil : .now()
        if isWritable, let client { clientLeg?.resumeReading(client) }
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
            _ = CancelForwarder.forward(to: destination, on: loop)
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

    /// Closes both connections; what was written before is flushed first.
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
            target.close(promise: nil)
        }
        flushClient()
        client?.close(promise: nil)
        session = nil
    }
}

extension Duration {
    var amount: TimeAmount { .nanoseconds(nanoseconds) }
}
