import Foundation
import Testing

extension Integration {
    @Suite("An issuer's keys, over HTTPS")
    struct IssuerTests {
        @Test(
            "Discovered keys open a session, an unknown key asks for newer ones seldom, and they serve without the site"
        )
        func rotates() async throws {
            let bed = try await Testbed.shared
            let site = try await IssuerSite.start(bed.pki.server)
            let gateway = try await gateway(bed, site, trusting: bed.pki.authority)
            let old = site.issuer
            #expect(try await gateway.psql("SELECT 1", token: old.token()).checked().output == "1\n")
            #expect(try site.keyRequests().count == 1)

            // No session waits for keys that are there, and a stranger's key does not make the gateway ask again and again.
            let new = try site.rotate()
            let first = try await gateway.psql("SELECT 1", token: old.token(header: ["kid": "of-a-stranger"]))
            #expect(first.status == 2, "\(first)")
            try await Deadline.patient.wait("the new key to serve") {
                try await gateway.psql("SELECT 1", token: new.token()).status == 0 ? true : nil
            }
            for _ in 1...5 {
                let refused = try await gateway.psql("SELECT 1", token: new.token(header: ["kid": "of-a-stranger"]))
                #expect(refused.status == 2, "\(refused)")
            }
            let asked = try site.keyRequests()
            #expect(asked.count >= 2)
            for (earlier, later) in zip(asked, asked.dropFirst()) {
                #expect(later - earlier > 29, "at most once in half a minute: \(asked)")
            }
            // What the issuer no longer publishes is void.
            let taken = try await gateway.psql("SELECT 1", token: old.token())
            #expect(taken.status == 2, "\(taken)")

            try await site.stop()
            #expect(try await gateway.psql("SELECT 2", token: new.token()).checked().output == "2\n")
            let unknown = try await gateway.psql("SELECT 1", token: new.token(header: ["kid": "of-a-stranger"]))
            #expect(unknown.status == 2, "\(unknown)")
            #expect(try await gateway.psql("SELECT 3", token: new.token()).checked().output == "3\n")
            try await gateway.process.stop()
        }

        struct Certificate: Sendable, CustomTestStringConvertible {
            var testDescription: String
            var pair: @Sendable (TestPKI) -> TestPKI.Pair
            /// Nil for the machine's own authorities.
            var authority: @Sendable (TestPKI) -> TestPKI.Pair?
        }

        static let lies = [
            Certificate(testDescription: "for another name", pair: { $0.elsewhere }, authority: { $0.authority }),
            Certificate(testDescription: "by another authority", pair: { $0.server }, authority: { $0.stranger }),
            Certificate(testDescription: "by an authority of nobody", pair: { $0.server }, authority: { _ in nil }),
        ]

        @Test("A site with a certificate that does not hold is not asked, and opens no session", arguments: lies)
        func refuses(lie: Certificate) async throws {
            let bed = try await Testbed.shared
            let site = try await IssuerSite.start(lie.pair(bed.pki))
            let gateway = try await gateway(bed, site, trusting: lie.authority(bed.pki))
            let result = try await gateway.psql("SELECT 1", token: site.issuer.token())
            #expect(result.status == 2, "\(result)")
            #expect(result.errors.contains("authentication failed"), "\(result)")
            #expect(try site.keyRequests().isEmpty)
            let records = try await gateway.audit(["--kind", "authentication.refused"])
            #expect(records.count == 1 && records[0]["refusal", "reason"].text?.isEmpty == false, "\(records)")
            try await gateway.process.stop()
            try await site.stop()
        }

        private func gateway(
            _ bed: Testbed,
            _ site: IssuerSite,
            trusting authority: TestPKI.Pair?
        ) async throws -> GatewayProcess {
            try await bed.makeGateway {
                $0.issuer = site.issuer
                $0.issuerKeys = authority.map { "ca: \($0.certificate)" } ?? ""
            }
        }
    }
}
