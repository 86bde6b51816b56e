import Foundation
import Testing

extension Integration {
    @Suite("Load")
    struct LoadTests {
        @Test("A COPY of one gigabyte passes with bounded memory")
        func copiesAGigabyte() async throws {
            let bed = try await Testbed.shared
            let gateway = try await bed.makeGateway()
            try await gateway.psql("SELECT 1").checked()
            let before = try gateway.memory("VmHWM")
            let copy = "COPY (SELECT repeat('x', 1048575) FROM generate_series(1, 1024)) TO STDOUT"
            let psql = try Machine.postgres("psql")
            let result = try await Command(
                "sh",
                ["-c", "\"$0\" -X -q -c \"$1\" | wc -c", psql, copy],
                environment: gateway.environment(),
                timeout: .seconds(900)
            ).run().checked()
            #expect(result.output == "1073741824\n", "\(result)")
            let grown = try gateway.memory("VmHWM") - before
            #expect(grown < 64 * 1024, "memory grew by \(grown) KiB")
            try await gateway.process.stop()
        }

        @Test("A client that reads nothing is not read for: memory stays bounded while it waits")
        func waitsForASlowReader() async throws {
            let bed = try await Testbed.shared
            let gateway = try await bed.makeGateway()
            try await gateway.psql("SELECT 1").checked()
            let before = try gateway.memory("VmHWM")
            let script = """
                import psycopg, os, select
                with psycopg.connect() as c:
                    c.pgconn.send_query(b"COPY (SELECT repeat('x', 1048575) FROM generate_series(1, 256)) TO STDOUT")
                    for _ in range(40):
                        select.select([], [], [], 0.1)
                    print(open('/proc/\(gateway.process.pid)/status').read())
                    c.close()
                """
            try await Command(Machine.python, ["-c", script], environment: gateway.environment()).run().checked()
            let grown = try gateway.memory("VmHWM") - before
            #expect(grown < 32 * 1024, "memory grew by \(grown) KiB")
            try await gateway.process.stop()
        }

        @Test("500 sessions at once are served, and their memory is given back")
        func servesManySessions() async throws {
            let bed = try await Testbed.shared
            let gateway = try await bed.makeGateway()
            let result = try await Command(
                Machine.python,
                [Machine.client("sessions_client.py"), "500"],
                environment: gateway.environment(),
                timeout: .seconds(900)
            ).run()
            #expect(result.status == 0 && result.output == "ok\n", "\(result)")
            try await Deadline.patient.wait("every session to be closed") {
                let opened = try await gateway.audit(["--kind", "session.opened", "--limit", "1000"]).count
                let closed = try await gateway.audit(["--kind", "session.closed", "--limit", "1000"]).count
                return opened == 500 && closed == 500 ? true : nil
            }
            try await gateway.process.stop()
        }
    }
}
