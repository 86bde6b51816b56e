import GatewayKit
import NIOSSL
import Testing

@Suite("TLS towards a target")
struct TargetTLSTests {
    private func make(_ mode: TargetTLS.Mode, host: String = "db.example", serverName: String? = nil) throws
        -> TargetTLS
    {
        try TargetTLS.make(mode: mode, host: host, serverName: serverName, ca: nil, certificate: nil, keyPEM: nil)
    }

    @Test("Every mode but `disable` has a context, and the strict ones never go on in clear")
    func modes() throws {
        #expect(try make(.disable).context == nil)
        for mode in [TargetTLS.Mode.allow, .prefer] {
            #expect(try make(mode).context != nil)
            #expect(try !make(mode).isRequired)
        }
        for mode in [TargetTLS.Mode.require, .verifyCA, .verifyFull] {
            #expect(try make(mode).context != nil)
            #expect(try make(mode).isRequired)
        }
    }

    @Test(
        "A name is sent, an address is not",
        arguments: [
            ("db.example", nil, "db.example"), ("192.0.2.1", nil, nil), ("2001:db8::1", nil, nil),
            ("192.0.2.1", "db.example", "db.example"),
        ] as [(String, String?, String?)]
    )
    func name(host: String, serverName: String?, sent: String?) throws {
        #expect(try make(.verifyFull, host: host, serverName: serverName).serverName == sent)
    }

    @Test("A file of roots that is not there, and a key that is none, are errors and not a weaker check")
    func errors() {
        #expect(throws: (any Error).self) {
            let tls = try TargetTLS.make(
                mode: .verifyFull,
                host: "db.example",
                serverName: nil,
                ca: "/nonexistent/ca.pem",
                certificate: nil,
                keyPEM: nil
            )
            _ = tls
        }
    }
}
