import NIOCore
import PostgresWire

/// Everything of the wire that reads a peer's bytes, driven by any bytes at all. The fuzzer and the tests call this
/// one function; it returns what broke a rule, and a crash is what it must not do.
enum WireFuzz {
    /// The first byte chooses what the rest is for.
    static func run(_ input: [UInt8]) -> String? {
        guard let choice = input.first else { return nil }
        let bytes = ByteBuffer(bytes: input.dropFirst())
        return switch choice & 3 {
        case 0: startup(bytes, offersTLS: choice & 4 == 0)
        case 1: mediation(bytes)
        case 2: target(bytes, isEncrypted: choice & 4 == 0)
        default: texts(bytes)
        }
    }

    /// A client's packets up to the password.
    private static func startup(_ bytes: ByteBuffer, offersTLS: Bool) -> String? {
        var machine = ClientStartupMachine(offersTLS: offersTLS)
        var rest = bytes
        var isEncrypted = false
        do {
            while let packet = try StartupPacket(from: &rest) {
                switch machine.packetReceived(packet, trailing: rest.readableBytes) {
                case .acceptTLS, .startDirectTLS:
                    guard machine.tlsEstablished(alpn: nil) == .wait else { return "TLS was asked for and dropped" }
                    isEncrypted = true
                case .askPassword(let request):
                    if request.user.isEmpty { return "a session without a user" }
                    return isEncrypted || !offersTLS ? nil : "a password was asked for in clear"
                case .authenticate: return "a password was taken that nobody asked for"
                case .forwardCancel, .refuse, .drop: return nil
                case .declineEncryption, .wait: break
                }
            }
        } catch {
            _ = machine.malformedReceived(error)
        }
        return machine.passwordReceived() == .drop ? nil : "a password was taken that nobody asked for"
    }

    /// Messages of both sides, each with a byte before it: its lowest bit is the side, the others what is decided.
    private static func mediation(_ bytes: ByteBuffer) -> String? {
        var machine = MediationMachine()
        var rest = bytes
        var isClosed = false
        while let turn = rest.readInteger(as: UInt8.self), let type = rest.readInteger(as: UInt8.self) {
            if turn & 32 != 0 { machine.barrierRaised() }
            if turn & 64 != 0 { _ = machine.probeSent() }
            if turn & 1 == 0 {
                guard let kind = FrontendKind(rawValue: type) else { continue }
                switch client(kind, turn, &machine) {
                case .broken(let rule): return rule
                case .closed: isClosed = true
                case .open: if isClosed { return "the session went on after its end" }
                }
            } else if let kind = BackendKind(rawValue: type) {
                let status: TransactionStatus = turn & 2 == 0 ? .idle : .inTransaction
                let isReady = kind == .readyForQuery
                let action = isReady ? machine.readyReceived(status) : machine.targetFrameReceived(kind)
                if case .close = action { isClosed = true }
            }
        }
        return nil
    }

    private enum Turn {
        case open, closed
        case broken(String)
    }

    private static func client(_ kind: FrontendKind, _ turn: UInt8, _ machine: inout MediationMachine) -> Turn {
        var action = machine.clientFrameReceived(kind)
        let isAllowed = turn & 2 != 0 && kind != .functionCall
        var isRecorded = false
        switch kind {
        case .query, .parse, .bind, .execute, .functionCall:
            if action == .forward { return .broken("\(kind) was forwarded undecided") }
        default: break
        }
        if action == .decide { action = machine.decided(isAllowed: isAllowed) }
        if action == .record {
            isRecorded = turn & 4 != 0
            action = isRecorded ? machine.recorded(durableIndex: turn & 8 != 0 ? 7 : nil) : machine.recordFailed()
        }
        if turn & 16 != 0 { _ = machine.durable(upTo: 7) }
        switch action {
        case .forward, .park:
            let mustBeRecorded = kind == .query || kind == .bind
            if mustBeRecorded, !isRecorded { return .broken("\(kind) was forwarded without its record") }
            if kind == .functionCall { return .broken("a function call was forwarded") }
            return .open
        case .terminate, .close: return .closed
        case .poison: return .open
        case .swallow, .wait, .decide, .record: return .open
        }
    }

    /// A target's messages up to its first ReadyForQuery.
    private static func target(_ bytes: ByteBuffer, isEncrypted: Bool) -> String? {
        var machine = TargetStartupMachine(
            credential: TargetCredential(user: "app", password: "canary"),
            isEncrypted: isEncrypted,
            channelBinding: isEncrypted ? [1, 2] : nil,
            nonce: "nonce"
        )
        var rest = bytes
        while let header = try? FrameHeader(in: rest, limit: { _ in 4096 }) {
            guard rest.readableBytes >= header.length else { return nil }
            rest.moveReaderIndex(forwardBy: FrameHeader.size)
            guard let body = rest.readSlice(length: header.bodyLength) else { return nil }
            // The rounds of a key are work that a fuzzer would spend its time on.
            if header.type == BackendKind.authentication.rawValue, String(buffer: body).contains("i=") { return nil }
            switch machine.messageReceived(type: header.type, body: body) {
            case .send(let answer):
                let isShown = String(buffer: answer).contains("canary")
                if isShown, !isEncrypted { return "the password was sent in clear" }
            case .wait: break
            case .ready: return nil
            case .fail(let failure): return "\(failure)".contains("canary") ? "a failure shows the password" : nil
            }
        }
        return nil
    }

    /// Errors, options and headers.
    private static func texts(_ bytes: ByteBuffer) -> String? {
        let fields = ErrorFields(body: bytes)
        var written = ByteBuffer()
        fields.write(type: .errorResponse, into: &written)
        written.moveReaderIndex(forwardBy: FrameHeader.size)
        let again = ErrorFields(body: written)
        guard again.sqlState == fields.sqlState, again.message == fields.message else { return "an error changed" }
        _ = StartupOptions.parse(String(buffer: bytes))
        for offset in 0..<min(bytes.readableBytes, 64) {
            guard let header = try? FrameHeader(in: bytes, at: offset, limit: { _ in 1 << 20 }) else { continue }
            if header.bodyLength < 0 || header.bodyLength > 1 << 20 { return "a length out of bounds" }
        }
        return nil
    }
}
