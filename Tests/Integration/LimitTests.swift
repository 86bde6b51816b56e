import Foundation
import Testing

extension Integration {
    @Suite("What a grant bounds ends at its bound")
    struct LimitTests {
        @Test("A statement that returns more rows than allowed ends its session; as many as allowed are there")
        func rows() async throws {
            let gateway = try await Testbed.shared.gateway
            let whole = try await gateway.psql("SELECT id FROM public.orders LIMIT 100", as: "limited").checked()
            #expect(whole.output.split(separator: "\n").count == 100)
            let over = try await gateway.psql("SELECT id FROM public.orders LIMIT 101", as: "limited")
            #expect(over.status != 0)
            #expect(over.errors.contains("54000: countersign: session ended"), "\(over)")
            let copied = try await gateway.psql("COPY public.orders TO STDOUT", as: "limited")
            #expect(copied.status != 0 && copied.output.split(separator: "\n").count < 1000, "\(copied)")
        }

        @Test("A statement that runs longer than allowed is cancelled, and the session goes on")
        func time() async throws {
            let gateway = try await Testbed.shared.gateway
            let count = "SELECT count(*) FROM public.orders WHERE id <= 5"
            let sql = "\\set ON_ERROR_STOP 0\nSELECT pg_catalog.pg_sleep(120);\n\(count);\n"
            let result = try await gateway.psql(sql, as: "limited")
            #expect(result.errors.contains("57014"), "\(result)")
            #expect(result.output == "5\n", "\(result)")
        }
    }
}
