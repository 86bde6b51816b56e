import Foundation
import Testing

extension Integration {
    @Suite("Operations")
    struct OperationsTests {
        @Test("The console says that the gateway is alive and ready, and counts")
        func console() async throws {
            let bed = try await Testbed.shared
            #expect(try await bed.gateway.console("/healthz").status == 200)
            #expect(try await bed.gateway.console("/readyz").status == 200)
            let metrics = try await bed.gateway.console("/metrics")
            #expect(metrics.status == 200)
            #expect(metrics.body.contains("# TYPE countersign_"))
        }

        @Test("A reload by SIGHUP applies to the next session; a bad file changes nothing")
        func reloads() async throws {
            let bed = try await Testbed.shared
            let gateway = try await bed.makeGateway()
            let file = gateway.configuration.file
            let good = try String(contentsOf: file, encoding: .utf8)
            try await gateway.psql("SELECT count(*) FROM public.customers", as: "nightly").checked()

            for command in [["reload", "--json"], ["status", "--json"]] {
                let told = try await gateway.countersign(command).checked().output
                #expect(
                    told.hasSuffix("}\n") && told.split(separator: "\n", omittingEmptySubsequences: false).count == 2
                )
            }

            let narrower = good.replacing("select: [public.orders, public.customers]", with: "select: [public.orders]")
            try narrower.write(to: file, atomically: true, encoding: .utf8)
            gateway.process.send(SIGHUP)
            try await Deadline.patient.wait("the narrower policy") {
                let result = try await gateway.psql("SELECT count(*) FROM public.customers", as: "nightly")
                return result.status == 0 ? nil : true
            }

            try good.replacing("roles:", with: "rolse:").write(to: file, atomically: true, encoding: .utf8)
            let refused = try await gateway.countersign(["reload"])
            #expect(refused.status == 1)
            #expect((refused.output + refused.errors).contains("roles"), "the nearest valid key: \(refused)")
            let result = try await gateway.psql("SELECT count(*) FROM public.customers", as: "nightly")
            #expect(result.errors.contains("42501"), "\(result)")
            try await gateway.psql("SELECT count(*) FROM public.orders", as: "nightly").checked()
            try await gateway.process.stop()
        }

        @Test("SIGTERM lets a running command end and records it, and nothing new begins")
        func drains() async throws {
            let bed = try await Testbed.shared
            let gateway = try await bed.makeGateway()
            async let running = gateway.psql("SELECT 20000000 FROM pg_sleep(10)")
            try await Deadline.patient.wait("the query to run") {
                let active = try await bed.server.query(
                    "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%20000000%' AND application_name LIKE 'cs:%'"
                )
                return active == "0" ? nil : true
            }
            gateway.process.send(SIGTERM)
            #expect(try await running.output == "20000000\n")
            #expect(try await gateway.process.stop() == 0)
            let found = try await gateway.audit(["--text", "20000000"])
            #expect(found.contains { $0["outcome", "status"] == "ok" }, "\(found)")
        }

        @Test(
            "A port that is taken is named with its key, and nothing else is said",
            arguments: ["postgres", "console"]
        )
        func portInUse(listener: String) async throws {
            let bed = try await Testbed.shared
            var configuration = try GatewayConfiguration(server: bed.server, issuer: bed.issuer)
            let taken = listener == "postgres" ? bed.gateway.configuration.port : bed.gateway.configuration.consolePort
            if listener == "postgres" { configuration.port = taken } else { configuration.consolePort = taken }
            try await configuration.write()
            let arguments = ["serve", "--config", configuration.file.path(percentEncoded: false)]
            let result = try await Command(Machine.countersign, arguments).run()
            #expect(result.status == 1, "\(result)")
            let line =
                "cannot listen on 127.0.0.1:\(taken): it is in use; `listen.\(listener).address` may name another\n"
            #expect(result.errors.hasSuffix("countersign: " + line), "\(result)")
            #expect(!result.errors.contains(#""level":"error""#), "\(result)")
        }

        @Test("A live session is listed, and ends when it is killed")
        func kills() async throws {
            let bed = try await Testbed.shared
            let gateway = try await bed.makeGateway()
            async let running = gateway.psql("SELECT pg_sleep(3600)")
            let id = try await Deadline.patient.wait("the session in the list") { () -> String? in
                let listed = try await gateway.countersign(["sessions", "list", "--json"]).checked()
                return try listed.output.split(separator: "\n").first.flatMap { try JSONValue(parsing: $0)["id"].text }
            }
            try await gateway.countersign(["sessions", "kill", id]).checked()
            #expect(try await running.status == 2)
            try await gateway.process.stop()
        }
    }
}
