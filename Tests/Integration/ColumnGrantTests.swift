import Foundation
import Testing

extension Integration {
    @Suite("The server demands what the analysis says")
    struct ColumnGrantTests {
        @Test("A role with exactly the columns of a statement's effects may run it, and with one less it may not")
        func exactly() async throws {
            let bed = try await Testbed.shared
            let vectors = Machine.root.appending(path: "Vectors/statements/columns.txt").path(percentEncoded: false)
            let result = try await Command(
                Machine.python,
                [Machine.client("column_grants.py"), vectors],
                environment: bed.server.environment(.superuser),
                timeout: .seconds(180)
            ).run()
            #expect(result.status == 0 && result.output.hasPrefix("ok: "), "\(result)")
        }
    }
}
