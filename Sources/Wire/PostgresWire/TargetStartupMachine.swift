package import NIOCore

/// The conversation with a target from the StartupMessage to the first ReadyForQuery.
///
/// A password is never sent in clear over a connection without TLS; with TLS the channel is bound where the target
/// offers it; and the target's SCRAM signature is checked before anything else is believed.
package struct TargetStartupMachine {
    package enum Action: Hashable {
        case send(ByteBuffer)
        case wait
        /// The session is up: what to tell the client, and the key that cancels.
        case ready(TargetGreeting)
        case fail(TargetStartupFailure)
    }

    private enum State {
        case authenticating
        case exchangingSCRAM(SCRAMClient)
        case awaitingOk
        case settling
        case finished
    }

    private var state = State.authenticating
    private let credential: TargetCredential
    private let isEncrypted: Bool
    /// `tls-server-end-point`: the hash of the target's certificate (RFC 5929 section 4.1); nil without TLS.
    private let channelBinding: [UInt8]?
    private let nonce: String
    private var greeting = TargetGreeting()

    /// `nonce`: at least 18 random bytes as printable text without commas, made by the caller.
    package init(credential: TargetCredential, isEncrypted: Bool, channelBinding: [UInt8]?, nonce: String) {
        self.credential = credential
        self.isEncrypted = isEncrypted
        self.channelBinding = channelBinding
        self.nonce = nonce
    }

    /// The StartupMessage: version 3.0, whose cancel key of four bytes every server knows.
    package static func startupMessage(user: String, database: String, settings: [StartupParameter]) -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.writePacket { body in
            body.writeInteger(ProtocolVersion.version30.code)
            for parameter in [StartupParameter("user", user), StartupParameter("database", database)] + settings {
                body.writeNullTerminated(parameter.name)
                body.writeNullTerminated(parameter.value)
            }
            body.writeInteger(UInt8(0))
        }
        return buffer
    }

    /// One whole message: its type and its body.
    package mutating func messageReceived(type: UInt8, body: ByteBuffer) -> Action {
        var body = body
        guard let kind = BackendKind(rawValue: type) else { return fail(.protocolViolation) }
        switch (kind, state) {
        case (.errorResponse, _): return fail(.refused(ErrorFields(body: body)))
        case (.noticeResponse, _): return .wait
        case (.negotiateProtocolVersion, .authenticating): return .wait
        case (.authentication, .authenticating), (.authentication, .exchangingSCRAM), (.authentication, .awaitingOk):
            return authenticationReceived(&body)
        case (.parameterStatus, .settling):
            guard let parameter = parameterStatus(&body) else { return fail(.protocolViolation) }
            greeting.parameters.append(parameter)
            return .wait
        case (.backendKeyData, .settling):
            guard let process = body.readInteger(as: UInt32.self) else { return fail(.protocolViolation) }
            greeting.process = process
            greeting.secret = Array(body.readableBytesView)
            return .wait
        case (.readyForQuery, .settling):
            state = .finished
            return .ready(greeting)
        default: return fail(.protocolViolation)
        }
    }

    private func parameterStatus(_ body: inout ByteBuffer) -> StartupParameter? {
        guard let name = body.readValidatedNullTerminatedString(), let value = body.readValidatedNullTerminatedString()
        else { return nil }
        return StartupParameter(name, value)
    }

    private mutating func authenticationReceived(_ body: inout ByteBuffer) -> Action {
        guard let code = body.readInteger(as: UInt32.self) else { return fail(.protocolViolation) }
        switch (code, state) {
        case (0, .authenticating), (0, .awaitingOk):
            state = .settling
            return .wait
        case (3, .authenticating): return cleartextAsked()
        case (5, .authenticating):
            guard let salt = body.readBytes(length: 4) else { return fail(.protocolViolation) }
            return passwordAnswer(
                MD5Password.answer(user: credential.user, password: credential.password ?? "", salt: salt)
            )
        case (10, .authenticating): return mechanismsOffered(&body)
        case (11, .exchangingSCRAM(var client)):
            let message = Array(body.readableBytesView)
            return respond { (machine) throws(SCRAMError) in
                let final = try client.serverFirstReceived(message)
                machine.state = .exchangingSCRAM(client)
                return final
            }
        case (12, .exchangingSCRAM(let client)):
            let message = Array(body.readableBytesView)
            return respond { (machine) throws(SCRAMError) in
                try client.serverFinalReceived(message)
                machine.state = .awaitingOk
                return nil
            }
        default: return fail(.unsupportedAuthentication(code))
        }
    }

    private mutating func cleartextAsked() -> Action {
        guard isEncrypted else { return fail(.cleartextWithoutTLS) }
        return passwordAnswer(credential.password ?? "")
    }

    private mutating func passwordAnswer(_ answer: String) -> Action {
        guard credential.password != nil else { return fail(.noPassword) }
        state = .awaitingOk
        var buffer = ByteBuffer()
        buffer.writeMessage(FrontendKind.password.rawValue) { $0.writeNullTerminated(answer) }
        return .send(buffer)
    }

    private mutating func mechanismsOffered(_ body: inout ByteBuffer) -> Action {
        var offered: [String] = []
        while let name = body.readValidatedNullTerminatedString(), !name.isEmpty { offered.append(name) }
        guard let password = credential.password else { return fail(.noPassword) }
        return respond { [offered] (machine) throws(SCRAMError) in
            let client = try SCRAMClient(
                password: password,
                nonce: machine.nonce,
                offered: offered,
                channelBinding: machine.channelBinding,
                cache: machine.credential.keys
            )
            let first = client.first()
            machine.state = .exchangingSCRAM(client)
            var buffer = ByteBuffer()
            buffer.writeMessage(FrontendKind.password.rawValue) { body in
                body.writeNullTerminated(client.mechanism)
                body.writeInteger(UInt32(first.utf8.count))
                body.writeString(first)
            }
            return buffer
        }
    }

    private mutating func respond(_ step: (inout TargetStartupMachine) throws(SCRAMError) -> ByteBuffer?) -> Action {
        do {
            guard let buffer = try step(&self) else { return .wait }
            return .send(buffer)
        } catch {
            return fail(.scram(error))
        }
    }

    private mutating func fail(_ failure: TargetStartupFailure) -> Action {
        state = .finished
        return .fail(failure)
    }
}
