internal import AccessModel
internal import GatewayKit
internal import Logging
internal import NIOCore
internal import NIOSSL
internal import PostgresWire
internal import Synchronization

extension PostgresConnection {
    /// Takes what is there of the start-up conversation.
    func advanceStartup() {
        if let first = clientPending.getInteger(at: clientPending.readerIndex, as: UInt8.self),
            run(startup.firstByteReceived(first))
        {
            return
        }
        while phase == .startup, clientPending.readableBytes > 0 {
            do {
                if startup.isAwaitingPassword {
                    guard try takePassword() else { return }
                } else {
                    guard let packet = try StartupPacket(from: &clientPending) else { return }
                    _ = run(startup.packetReceived(packet, trailing: clientPending.readableBytes))
                }
            } catch {
                shared.counters.protocolViolations.wrappingAdd(1, ordering: .relaxed)
                _ = run(startup.malformedReceived(error))
                return
            }
        }
    }

    func clientTLSEstablished(alpn: String?) {
        guard phase == .startup else { return }
        _ = run(startup.tlsEstablished(alpn: alpn))
    }

    private func takePassword() throws(FrameError) -> Bool {
        let limit = shared.limits.token
        guard
            let header = try FrameHeader(in: clientPending, limit: { $0 == FrontendKind.password.rawValue ? limit : 0 })
        else { return false }
        guard header.type == FrontendKind.password.rawValue else {
            throw FrameError(code: .unexpected, type: header.type)
        }
        guard clientPending.readableBytes >= header.length else { return false }
        clientPending.moveReaderIndex(forwardBy: FrameHeader.size)
        guard let body = clientPending.readBytes(length: header.bodyLength), body.last == 0,
            body.firstIndex(of: 0) == body.count - 1
        else { throw FrameError(code: .malformed, type: header.type) }
        // The buffer held the token.
        clientPending = clientPending.readableBytes > 0 ? clientPending.slice() : ByteBuffer()
        guard startup.passwordReceived() == .authenticate else { return false }
        authenticate(token: Array(body.dropLast()))
        return true
    }

    /// Does what the machine says. True where the bytes at hand were handed over.
    private func run(_ action: ClientStartupMachine.Action) -> Bool {
        switch action {
        case .wait, .authenticate: return false
        case .acceptTLS:
            writeClient(ByteBuffer(integer: UInt8(0x53)))
            flushClient()
            startTLS(hello: nil)
            return true
        case .declineEncryption:
            writeClient(ByteBuffer(integer: UInt8(0x4E)))
            flushClient()
            return false
        case .startDirectTLS:
            let hello = clientPending
            clientPending = ByteBuffer()
            startTLS(hello: hello)
            return true
        case .forwardCancel(let process, let secret): cancel(process, secret)
        case .askPassword(let request): askPassword(request)
        case .refuse(let fields): sayAndClose(fields)
        case .drop: close()
        }
        return true
    }

    private func startTLS(hello: ByteBuffer?) {
        guard let context = shared.tlsContext, let leg = client as? ChannelLeg else { return close() }
        do {
            try leg.startTLS(context, hello: hello)
        } catch {
            close()
        }
    }

    private func askPassword(_ request: StartupRequest) {
        self.request = request
        var buffer = ByteBuffer()
        if request.version.negotiated != request.version || !request.unknownOptions.isEmpty {
            buffer.writeMessage(BackendKind.negotiateProtocolVersion.rawValue) { body in
                // The whole version number, as the server sends it, though the manual says the minor one.
                body.writeInteger(request.version.negotiated.code)
                body.writeInteger(UInt32(request.unknownOptions.count))
                for option in request.unknownOptions { body.writeNullTerminated(option) }
            }
        }
        buffer.writeMessage(BackendKind.authentication.rawValue) { $0.writeInteger(UInt32(3)) }
        writeClient(buffer)
        flushClient()
    }

    private func cancel(_ process: UInt32, _ secret: [UInt8]) {
        shared.counters.cancelRequests.wrappingAdd(1, ordering: .relaxed)
        guard let destination = shared.cancelKeys.find(process: process, secret: secret) else { return close() }
        let bound = NIOLoopBound(self, eventLoop: loop)
        phaseSince = .now()
        CancelForwarder.forward(to: destination, on: loop).whenComplete { _ in bound.value.close() }
    }

    // MARK: Admission

    private func authenticate(token: [UInt8]) {
        guard let request else { return close() }
        enter(.authenticating)
        let question = AdmissionRequest(
            user: request.user,
            database: request.database,
            token: token,
            source: source,
            client: request.client,
            reason: request.reason
        )
        let bound = NIOLoopBound(self, eventLoop: loop)
        Task { [ports = shared.ports, loop] in
            let answer = await ports.admit(question)
            loop.execute { bound.value.admitted(answer) }
        }
    }

    private func admitted(_ answer: Result<SessionAdmission, AdmissionRefusal>) {
        guard phase == .authenticating else { return }
        switch answer {
        case .failure(let refusal): refuse(refusal)
        case .success(let admission):
            self.admission = admission
            logger[metadataKey: "session.id"] = "\(admission.id)"
            guard shared.counters.sessions.load(ordering: .relaxed) < shared.limits.sessions else {
                return refuse(Refusals.tooManySessions)
            }
            shared.counters.halfOpen.wrappingSubtract(1, ordering: .relaxed)
            enter(.connecting)
            dialTarget(insists: false)
        }
    }

    func enter(_ phase: Phase) {
        self.phase = phase
        phaseSince = .now()
    }

    func refuse(_ refusal: AdmissionRefusal) {
        shared.counters.refusedAuthentications.wrappingAdd(1, ordering: .relaxed)
        logger.notice("session refused", metadata: ["sqlstate": "\(refusal.sqlState)"])
        sayAndClose(refusal.fields)
    }

    func sayAndClose(_ fields: ErrorFields) {
        var buffer = ByteBuffer()
        fields.write(type: .errorResponse, into: &buffer)
        writeClient(buffer)
        flushClient()
        close()
    }
}
