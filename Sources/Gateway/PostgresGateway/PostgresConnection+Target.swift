internal import AccessModel
internal import GatewayKit
internal import Logging
internal import NIOCore
internal import PostgresWire
internal import StatementAnalysis
internal import Synchronization

extension PostgresConnection {
    func dialTarget(insists: Bool) {
        guard let admission else { return close() }
        let bound = NIOLoopBound(self, eventLoop: loop)
        let dialer = TargetDialer(loop: loop, timeout: admission.limits.connect)
        dialer.dial(admission.target, insists: insists).hop(to: loop).assumeIsolated().whenComplete { result in
            bound.value.dialled(result)
        }
    }

    private func dialled(_ result: Result<TargetDialer.Dialled, any Error>) {
        switch result {
        case .failure(let error):
            targetFailed(error as? TargetStartupFailure ?? .unreachable(DialFault.words(error)))
        case .success(let dialled):
            guard phase == .connecting, let admission else {
                return dialled.channel.close(promise: nil)
            }
            // In mode `allow` a refusal is followed by an attempt with TLS, which is NIO's.
            let mayMove = !dialled.isEncrypted && admission.target.tls.mode != .allow
            if mayMove, let sockets = shared.sockets?.next(), move(to: sockets, with: dialled.channel) { return }
            let leg = ChannelLeg(receiver: ConnectionEnd(self, .target))
            do {
                try dialled.channel.pipeline.syncOperations.addHandler(leg)
            } catch {
                return targetFailed(.unreachable("\(error)"))
            }
            target = leg
            greetTarget(dialled.channelBinding, isEncrypted: dialled.isEncrypted)
        }
    }

    /// The first packet, and the machine that knows what follows.
    func greetTarget(_ channelBinding: [UInt8]? = nil, isEncrypted: Bool = false) {
        guard phase == .connecting, let admission, let request else { return close() }
        targetPending = ByteBuffer()
        targetStartup = TargetStartupMachine(
            credential: TargetCredential(
                user: admission.credentialUser,
                password: admission.credentialPassword,
                keys: loopState.keys(for: admission)
            ),
            isEncrypted: isEncrypted,
            channelBinding: channelBinding,
            nonce: PostgresConnection.nonce()
        )
        writeTarget(
            TargetStartupMachine.startupMessage(
                user: admission.credentialUser,
                database: admission.database,
                settings: settings(for: request, admission)
            )
        )
        flushTarget()
    }

    /// The client's settings and the gateway's own: the stamp, and how statements are read.
    private func settings(for request: StartupRequest, _ admission: SessionAdmission) -> [StartupParameter] {
        request.settings.filter { $0.name != "client_encoding" } + [
            StartupParameter("client_encoding", "UTF8"),
            StartupParameter("standard_conforming_strings", "on"),
            StartupParameter("application_name", admission.stamp),
        ] + maskSettings(admission)
    }

    /// In no statement, and so in no log and no view of the target's.
    private func maskSettings(_ admission: SessionAdmission) -> [StartupParameter] {
        admission.maskKeys.map { MaskKeySource.settings(for: $0).map { StartupParameter($0.name, $0.value) } } ?? []
    }

    /// 144 random bits in characters that SCRAM takes (RFC 5802: printable without comma).
    private static func nonce() -> String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        var random = SystemRandomNumberGenerator()
        return String((0..<24).map { _ in letters[Int.random(in: 0..<64, using: &random)] })
    }

    /// Takes the target's whole messages, one after the other.
    func advanceTargetStartup() {
        while phase == .connecting {
            do {
                guard let header = try FrameHeader(in: targetPending, limit: { _ in 1 << 20 }),
                    targetPending.readableBytes >= header.length
                else { return }
                targetPending.moveReaderIndex(forwardBy: FrameHeader.size)
                guard let body = targetPending.readSlice(length: header.bodyLength) else { return }
                if greeting == nil {
                    take(type: header.type, body)
                } else {
                    takeProbe(type: header.type, body)
                }
            } catch {
                return targetFailed(.protocolViolation)
            }
        }
    }

    private func take(type: UInt8, _ body: ByteBuffer) {
        guard let action = targetStartup?.messageReceived(type: type, body: body) else { return }
        switch action {
        case .wait: break
        case .send(let buffer):
            writeTarget(buffer)
            flushTarget()
        case .fail(let failure): targetFailed(failure)
        case .ready(let greeting): greeted(greeting)
        }
    }

    private func greeted(_ greeting: TargetGreeting) {
        targetStartup = nil
        guard greeting.parameters.allSatisfy({ TargetSettings.readsStatementsAsAnalysed($0.name, $0.value) }) else {
            return targetFailed(.protocolViolation)
        }
        guard let admission else { return close() }
        self.greeting = greeting
        let slot = loopState.catalog(for: admission)
        probe.begin(readsCatalog: slot.catalog == nil || slot.isOld(at: loopState.ticks))
        var buffer = ByteBuffer()
        let question = probe.question(system: true)
        buffer.writeMessage(FrontendKind.query.rawValue) { $0.writeNullTerminated(question) }
        writeTarget(buffer)
        flushTarget()
    }

    private func takeProbe(type: UInt8, _ body: ByteBuffer) {
        switch BackendKind(rawValue: type) {
        case .dataRow: probe.row(body)
        case .errorResponse: targetFailed(.refused(ErrorFields(body: body)))
        case .readyForQuery: probed()
        case .rowDescription, .commandComplete, .noticeResponse, .parameterStatus, .notificationResponse: break
        default: targetFailed(.protocolViolation)
        }
    }

    private func probed() {
        guard !probe.hasFailed, let schemas = probe.schemas, let admission else {
            return targetFailed(.protocolViolation)
        }
        let slot = loopState.catalog(for: admission)
        if probe.readsCatalog {
            guard let catalog = slot.replace(by: probe.catalog, at: loopState.ticks) else {
                return targetFailed(.catalog)
            }
            loopState.noteCatalog(catalog, for: admission)
        }
        probe.end()
        begin(SearchPath(schemas: schemas, catalogRelations: []))
    }

    func targetFailed(_ failure: TargetStartupFailure) {
        guard phase == .connecting, let admission else { return }
        if case .refused = failure, admission.target.tls.mode == .allow, !isRetryingWithTLS, greeting == nil {
            isRetryingWithTLS = true
            targetStartup = nil
            target?.close()
            target = nil
            return dialTarget(insists: true)
        }
        logger.warning(
            "no session with the target",
            metadata: ["target": "\(admission.target.name)", "cause": "\(failure)"]
        )
        recordFailure(admission, failure)
        refuse(Refusals.targetFailed)
    }

    // MARK: The session begins

    private func begin(_ path: SearchPath) {
        guard let admission, let request, let greeting else { return close() }
        guard recordBeginning(admission, request, greeting) else { return refuse(Refusals.notRecorded) }
        enter(.relaying)
        lastActivity = .now()
        let session = PostgresSession(
            admission: admission,
            shared: shared,
            loopState: loopState,
            loop: loop,
            source: source,
            searchPath: path,
            logger: logger,
            // Strong: a job of the session that ends late still finds its connection. `close` lets go of the session.
            toClient: { [self] in writeClient($0) },
            toTarget: { [self] in writeTarget($0) },
            flushTarget: { [self] in
                flushTarget()
                // What was waited for may be what kept the client from being read.
                resumeClient()
            },
            flushClient: { [self] in flushClient() },
            end: { [self] in end($0) }
        )
        self.session = session
        shared.counters.sessions.wrappingAdd(1, ordering: .relaxed)
        shared.counters.sessionsTotal.wrappingAdd(1, ordering: .relaxed)
        publish(admission, request, session.counts)
        (target as? ChannelLeg)?.leavePipeline()
        (client as? ChannelLeg)?.leavePipeline()
        welcome(request, greeting, admission)
        self.greeting = nil
        self.request = nil
        let early = clientPending
        clientPending = ByteBuffer()
        targetPending = ByteBuffer()
        if early.readableBytes > 0 { session.clientBytes(early) }
        flushTarget()
        resumeClient()
    }

    private func publish(_ admission: SessionAdmission, _ request: StartupRequest, _ counts: SessionCounts) {
        let bound = NIOLoopBound(self, eventLoop: loop)
        shared.live.insert(
            LiveSession(
                id: admission.id,
                principal: admission.principal,
                roles: admission.roles,
                target: admission.target.name,
                database: admission.database,
                source: source,
                client: request.client,
                opened: shared.ports.now(),
                counts: counts,
                kill: { [loop] reason in loop.execute { bound.value.end(.killed(reason)) } }
            )
        )
        logger.info("session opened", metadata: ["target": "\(admission.target.name)"])
    }

    /// The target's own greeting, with our cancel key in the place of its.
    private func welcome(_ request: StartupRequest, _ greeting: TargetGreeting, _ admission: SessionAdmission) {
        let bound = NIOLoopBound(self, eventLoop: loop)
        let key = shared.cancelKeys.issue(
            for: .init(endpoint: admission.target, process: greeting.process, secret: greeting.secret),
            length: request.version.negotiated >= .version32 ? 32 : 4,
            cancelled: { [loop] in loop.execute { bound.value.session?.cancelHold() } }
        )
        cancelProcess = key.process
        var buffer = ByteBuffer()
        buffer.writeMessage(BackendKind.authentication.rawValue) { $0.writeInteger(UInt32(0)) }
        for parameter in greeting.parameters {
            buffer.writeMessage(BackendKind.parameterStatus.rawValue) { body in
                body.writeNullTerminated(parameter.name)
                body.writeNullTerminated(parameter.value)
            }
        }
        buffer.writeMessage(BackendKind.backendKeyData.rawValue) { body in
            body.writeInteger(key.process)
            body.writeBytes(key.secret)
        }
        buffer.writeMessage(BackendKind.readyForQuery.rawValue) { $0.writeInteger(TransactionStatus.idle.rawValue) }
        writeClient(buffer)
        flushClient()
    }
}
