import NIOCore
import Testing

@testable import PostgresWire

@Suite("The start of a session with a target")
struct TargetStartupTests {
    private func machine(password: String? = "pencil", isEncrypted: Bool = false) -> TargetStartupMachine {
        TargetStartupMachine(
            credential: TargetCredential(user: "app", password: password),
            isEncrypted: isEncrypted,
            channelBinding: nil,
            nonce: "n0nce"
        )
    }

    private func text(_ action: TargetStartupMachine.Action) -> String? {
        guard case .send(var buffer) = action else { return nil }
        buffer.moveReaderIndex(forwardBy: FrameHeader.size)
        return String(buffer: buffer)
    }

    private func authentication(
        _ machine: inout TargetStartupMachine,
        _ code: UInt32,
        _ rest: String = ""
    ) -> TargetStartupMachine.Action {
        machine.messageReceived(type: 0x52, body: Bytes.authentication(code, rest))
    }

    @Test("The startup message says who, where and the settings")
    func startup() throws {
        var message = TargetStartupMachine.startupMessage(
            user: "app",
            database: "shop",
            settings: [StartupParameter("application_name", "cs:1")]
        )
        let packet = try StartupPacket(from: &message)
        let parameters = [("user", "app"), ("database", "shop"), ("application_name", "cs:1")]
        #expect(packet == .startup(version: .version30, parameters: parameters.map { StartupParameter($0.0, $0.1) }))
        #expect(message.readableBytes == 0)
    }

    @Test("Once authenticated, what the target says of the session is kept until it is ready")
    func greeting() {
        var machine = machine()
        #expect(authentication(&machine, 0) == .wait)
        #expect(machine.messageReceived(type: 0x53, body: ByteBuffer(string: "TimeZone\0UTC\0")) == .wait)
        #expect(machine.messageReceived(type: 0x4E, body: ByteBuffer(string: "\0")) == .wait)
        #expect(machine.messageReceived(type: 0x4B, body: ByteBuffer(bytes: [0, 0, 0, 5, 1, 2, 3, 4])) == .wait)
        guard case .ready(let greeting) = machine.messageReceived(type: 0x5A, body: ByteBuffer(string: "I")) else {
            Issue.record("not ready")
            return
        }
        #expect(greeting.parameters == [StartupParameter("TimeZone", "UTC")])
        #expect(greeting.process == 5)
        #expect(greeting.secret == [1, 2, 3, 4])
        #expect(machine.messageReceived(type: 0x5A, body: ByteBuffer(string: "I")) == .fail(.protocolViolation))
    }

    @Test("A password goes out in clear over TLS alone")
    func cleartext() {
        var clear = machine()
        #expect(authentication(&clear, 3) == .fail(.cleartextWithoutTLS))
        var encrypted = machine(isEncrypted: true)
        #expect(text(authentication(&encrypted, 3)) == "pencil\0")
        #expect(authentication(&encrypted, 0) == .wait)
    }

    @Test("The MD5 answer is the one that a server computes")
    func md5() {
        var machine = machine()
        let answer = machine.messageReceived(type: 0x52, body: ByteBuffer(bytes: [0, 0, 0, 5, 1, 2, 3, 4]))
        #expect(text(answer) == "md54bfca4ca571b8df74c2fc2247888d96f\0")
        var short = self.machine()
        #expect(authentication(&short, 5, "abc") == .fail(.protocolViolation))
    }

    @Test("A credential without a password answers no question", arguments: [3, 5, 10] as [UInt32])
    func noPassword(code: UInt32) {
        var machine = machine(password: nil, isEncrypted: true)
        #expect(authentication(&machine, code, "SCRAM-SHA-256\0\0") == .fail(.noPassword))
    }

    @Test("SCRAM begins with the mechanism and the length of the first message")
    func scram() {
        var machine = machine()
        let first = text(authentication(&machine, 10, "SCRAM-SHA-256-PLUS\0SCRAM-SHA-256\0\0"))
        #expect(first == "SCRAM-SHA-256\0\0\0\0\u{D}n,,n=,r=n0nce")
        let final = text(authentication(&machine, 11, "r=n0ncex,s=AQID,i=1"))
        #expect(final?.hasPrefix("c=biws,r=n0ncex,p=") == true)
        #expect(authentication(&machine, 12, "v=AAAA") == .fail(.scram(.wrongServerSignature)))
    }

    @Test("A server that ends SCRAM before it has shown its signature is refused")
    func skipped() {
        for step in 0...1 {
            var machine = machine()
            _ = authentication(&machine, 10, "SCRAM-SHA-256\0\0")
            if step == 1 { _ = authentication(&machine, 11, "r=n0ncex,s=AQID,i=1") }
            guard case .fail = authentication(&machine, 0) else {
                Issue.record("AuthenticationOk was believed at step \(step)")
                continue
            }
            #expect(machine.messageReceived(type: 0x5A, body: ByteBuffer(string: "I")) == .fail(.protocolViolation))
        }
    }

    @Test("A server cannot ask for another secret once it has got an answer")
    func switched() {
        var machine = machine(isEncrypted: true)
        _ = authentication(&machine, 10, "SCRAM-SHA-256\0\0")
        #expect(authentication(&machine, 3) == .fail(.unsupportedAuthentication(3)))
        var other = self.machine(isEncrypted: true)
        _ = authentication(&other, 5, "salt")
        #expect(authentication(&other, 3) == .fail(.unsupportedAuthentication(3)))
    }

    @Test("What is out of place fails the session", arguments: [0x5A, 0x53, 0x4B, 0x54, 0x31, 0, 0xFF] as [UInt8])
    func outOfPlace(type: UInt8) {
        var machine = machine()
        #expect(machine.messageReceived(type: type, body: ByteBuffer(string: "x\0y\0")) == .fail(.protocolViolation))
        var other = self.machine()
        #expect(other.messageReceived(type: 0x52, body: ByteBuffer(bytes: [0, 0])) == .fail(.protocolViolation))
    }

    @Test("An error of the target is told, a method that is not known by its number")
    func errors() {
        var machine = machine()
        let body = ByteBuffer(string: "SFATAL\0VFATAL\0C3D000\0Mno such database\0\0")
        let fields = ErrorFields(severity: "FATAL", sqlState: "3D000", message: "no such database")
        #expect(machine.messageReceived(type: 0x45, body: body) == .fail(.refused(fields)))
        for code in [1, 2, 6, 7, 8, 9, 99] as [UInt32] {
            var other = self.machine()
            #expect(authentication(&other, code) == .fail(.unsupportedAuthentication(code)))
        }
    }

    @Test("No failure shows the password")
    func silent() {
        let failures: [TargetStartupFailure] = [
            .protocolViolation, .cleartextWithoutTLS, .noPassword, .timedOut, .scram(.wrongServerSignature),
            .unsupportedAuthentication(7), .tls("x"), .unreachable("x"),
        ]
        for failure in failures { #expect(!"\(failure)".contains("pencil")) }
    }
}
