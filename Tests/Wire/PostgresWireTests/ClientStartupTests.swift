import NIOCore
import PostgresWire
import Testing

@Suite("The start of a client's connection")
struct ClientStartupTests {
    private let startup = StartupPacket.startup(version: .version30, parameters: [StartupParameter("user", "reader")])

    private func refusal(_ action: ClientStartupMachine.Action) -> String? {
        if case .refuse(let fields) = action { fields.sqlState } else { nil }
    }

    private func asked(_ action: ClientStartupMachine.Action) -> StartupRequest? {
        if case .askPassword(let request) = action { request } else { nil }
    }

    @Test("TLS, startup, password: the token is verified")
    func usual() {
        var machine = ClientStartupMachine(offersTLS: true)
        #expect(machine.firstByteReceived(0) == .wait)
        #expect(machine.packetReceived(.sslRequest, trailing: 0) == .acceptTLS)
        #expect(machine.tlsEstablished(alpn: nil) == .wait)
        #expect(asked(machine.packetReceived(startup, trailing: 0))?.user == "reader")
        #expect(machine.isAwaitingPassword)
        #expect(machine.passwordReceived() == .authenticate)
        #expect(machine.passwordReceived() == .drop)
    }

    @Test("Bytes sent along with an encryption request end the connection: they would pass for protected ones")
    func smuggled() {
        for packet in [StartupPacket.sslRequest, .gssEncryptionRequest] {
            for offersTLS in [true, false] {
                var machine = ClientStartupMachine(offersTLS: offersTLS)
                #expect(machine.packetReceived(packet, trailing: 1) == .drop)
                #expect(machine.packetReceived(startup, trailing: 0) == .drop)
            }
        }
    }

    @Test("Each encryption request may come once")
    func twice() {
        var machine = ClientStartupMachine(offersTLS: false)
        #expect(machine.packetReceived(.gssEncryptionRequest, trailing: 0) == .declineEncryption)
        #expect(machine.packetReceived(.sslRequest, trailing: 0) == .declineEncryption)
        var other = machine
        #expect(machine.packetReceived(.sslRequest, trailing: 0) == .drop)
        #expect(other.packetReceived(.gssEncryptionRequest, trailing: 0) == .drop)
    }

    @Test("GSS is declined, TLS accepted, and neither asked for again inside TLS")
    func gssThenTLS() {
        var machine = ClientStartupMachine(offersTLS: true)
        #expect(machine.packetReceived(.gssEncryptionRequest, trailing: 0) == .declineEncryption)
        #expect(machine.packetReceived(.sslRequest, trailing: 0) == .acceptTLS)
        #expect(machine.tlsEstablished(alpn: "postgresql") == .wait)
        for packet in [StartupPacket.sslRequest, .gssEncryptionRequest] {
            var copy = machine
            #expect(copy.packetReceived(packet, trailing: 0) == .drop)
        }
        #expect(asked(machine.packetReceived(startup, trailing: 0)) != nil)
    }

    @Test(
        "Direct TLS needs the protocol's name, negotiated TLS does not, and another protocol's name is refused",
        arguments: [
            (true, "postgresql", true), (true, nil, false), (true, "http/1.1", false), (false, nil, true),
            (false, "postgresql", true), (false, "h2", false),
        ] as [(Bool, String?, Bool)]
    )
    func alpn(isDirect: Bool, alpn: String?, isTaken: Bool) {
        var machine = ClientStartupMachine(offersTLS: true)
        if isDirect {
            #expect(machine.firstByteReceived(0x16) == .startDirectTLS)
        } else {
            #expect(machine.packetReceived(.sslRequest, trailing: 0) == .acceptTLS)
        }
        #expect(machine.tlsEstablished(alpn: alpn) == (isTaken ? .wait : .drop))
    }

    @Test("A listener without a certificate declines TLS, drops direct TLS and takes a session in clear")
    func withoutTLS() {
        var direct = ClientStartupMachine(offersTLS: false)
        #expect(direct.firstByteReceived(0x16) == .drop)
        var machine = ClientStartupMachine(offersTLS: false)
        #expect(machine.packetReceived(.sslRequest, trailing: 0) == .declineEncryption)
        #expect(machine.firstByteReceived(0x16) == .wait)
        #expect(asked(machine.packetReceived(startup, trailing: 0)) != nil)
    }

    @Test("A session in clear is refused where there is a certificate: the password is a token")
    func clear() {
        var machine = ClientStartupMachine(offersTLS: true)
        #expect(refusal(machine.packetReceived(startup, trailing: 0)) == "28000")
        #expect(!machine.isAwaitingPassword)
    }

    @Test("TLS that nobody asked for, and packets while TLS is awaited, end the connection")
    func unasked() {
        var machine = ClientStartupMachine(offersTLS: true)
        #expect(machine.tlsEstablished(alpn: nil) == .drop)
        var waiting = ClientStartupMachine(offersTLS: true)
        #expect(waiting.packetReceived(.sslRequest, trailing: 0) == .acceptTLS)
        #expect(waiting.packetReceived(startup, trailing: 0) == .drop)
        var early = ClientStartupMachine(offersTLS: true)
        #expect(early.passwordReceived() == .drop)
    }

    @Test("A cancel request is forwarded, and ends its connection")
    func cancel() {
        var machine = ClientStartupMachine(offersTLS: true)
        let packet = StartupPacket.cancelRequest(process: 9, secret: [1, 2, 3, 4])
        #expect(machine.packetReceived(packet, trailing: 0) == .forwardCancel(process: 9, secret: [1, 2, 3, 4]))
        #expect(machine.packetReceived(.sslRequest, trailing: 0) == .drop)
    }

    @Test("A version above what is spoken, with options that nobody knows, is taken and negotiated")
    func greased() throws {
        var machine = ClientStartupMachine(offersTLS: false)
        let packet = StartupPacket.startup(
            version: ProtocolVersion(code: 3 << 16 | 9999),
            parameters: [StartupParameter("user", "reader"), StartupParameter("_pq_.test_protocol_negotiation", "")]
        )
        let request = try #require(asked(machine.packetReceived(packet, trailing: 0)))
        #expect(request.version.negotiated == .version32)
        #expect(request.unknownOptions == ["_pq_.test_protocol_negotiation"])
    }

    @Test("Versions 2 and 4 get an answer, garbage gets none", arguments: [2 << 16, 4 << 16] as [UInt32])
    func versions(code: UInt32) {
        var machine = ClientStartupMachine(offersTLS: true)
        let error = FrameError(code: .unknownType, type: 0, declared: code)
        #expect(refusal(machine.malformedReceived(error)) == "0A000")
        #expect(machine.malformedReceived(error) == .drop)
        var other = ClientStartupMachine(offersTLS: true)
        #expect(other.malformedReceived(FrameError(code: .tooLong, type: 0, declared: 0x4745_5420)) == .drop)
    }

    @Test("A startup message that is refused is answered with the reason, and a malformed password too")
    func refuses() {
        var machine = ClientStartupMachine(offersTLS: false)
        let packet = StartupPacket.startup(
            version: .version30,
            parameters: [StartupParameter("user", "reader"), StartupParameter("replication", "on")]
        )
        #expect(refusal(machine.packetReceived(packet, trailing: 0)) == "0A000")
        #expect(machine.passwordReceived() == .drop)
        var waiting = ClientStartupMachine(offersTLS: false)
        _ = waiting.packetReceived(startup, trailing: 0)
        #expect(refusal(waiting.malformedReceived(FrameError(code: .tooLong, type: 0x70, declared: 9))) == "08P01")
    }
}
