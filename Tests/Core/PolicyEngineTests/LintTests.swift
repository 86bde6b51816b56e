import AccessModel
import PolicyEngine
import Testing

@Suite("What depends on the time")
struct LintTests {
    @Test(
        "A role that has expired, or will within 30 days, is told about",
        arguments: [
            (2027, 5, 30, nil), (2027, 6, 1, "roles.nightly: expires after 2027-06-30"),
            (2027, 6, 30, "roles.nightly: expires after 2027-06-30"),
            (2027, 7, 1, "roles.nightly: expired after 2027-06-30: it is bound to nobody"),
        ] as [(Int64, Int64, Int64, String?)]
    )
    func expiry(year: Int64, month: Int64, day: Int64, message: String?) throws {
        let configuration = try #require(Configuration.parse(Sample.yaml(), file: "F").configuration)
        let moment = Timestamp(seconds: Timestamp.days(year: year, month: month, day: day) * 86_400)
        #expect(configuration.lint(at: moment, file: "F").map(\.message) == (message.map { [$0] } ?? []))
        #expect(configuration.lint(at: moment, file: "F").allSatisfy { $0.line == 24 && $0.severity == .warning })
    }

    @Test("A diagnostic reads FILE:LINE: message")
    func description() {
        let error = Diagnostic(file: "c.yaml", line: 3, column: 7, severity: .error, message: "m")
        #expect(error.description == "c.yaml:3: m")
        let warning = Diagnostic(file: "c.yaml", line: 3, column: 7, severity: .warning, message: "m")
        #expect(warning.description == "c.yaml:3: warning: m")
    }
}
