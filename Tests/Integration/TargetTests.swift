import Testing

extension Integration {
    @Suite("The way to the target")
    struct TargetTests {
        @Test(
            "A target takes the gateway's credential however it asks for it",
            arguments: [
                ("orders-db", "countersign_orders"), ("orders-md5", "countersign_md5"),
                ("orders-cert", "countersign_cert"),
                ("orders-trust", "countersign_trust"), ("orders-plain", "countersign_orders"),
            ]
        )
        func authenticates(target: String, user: String) async throws {
            let bed = try await Testbed.shared
            let result = try await bed.gateway.psql("SELECT current_user", database: target)
            #expect(result.output == "\(user)\n", "\(result)")
        }

        @Test("A target whose certificate another authority signed is not spoken to")
        func refusesAStranger() async throws {
            let bed = try await Testbed.shared
            let roles = GatewayConfiguration.roles.replacing(
                "- target: orders-trust",
                with: "- target: orders-stranger"
            )
            let gateway = try await bed.makeGateway { $0.roles = roles }
            let result = try await gateway.psql("SELECT 1", database: "orders-stranger")
            #expect(result.status == 2, "\(result)")
            #expect(!result.errors.contains(PostgresUser.orders.rawValue), "\(result)")
            try await gateway.process.stop()
        }

        @Test("The session is stamped on the target's side, and the caller cannot change the stamp")
        func stamps() async throws {
            let bed = try await Testbed.shared
            let sql = """
                SET application_name = 'someone else';
                SELECT application_name FROM pg_stat_activity WHERE pid = pg_backend_pid();
                """
            let result = try await bed.gateway.psql(sql)
            let stamp = try #require(result.output.split(separator: "\n").last, "\(result)")
            #expect(stamp.hasPrefix("cs:"), "\(result)")
            let session = String(stamp.dropFirst("cs:".count))
            let found = try await bed.gateway.audit(["--session", session, "--kind", "session.opened"])
            #expect(found.contains { $0["kind"] == "session.opened" && $0["id"] != .null }, "\(found)")
        }
    }
}
