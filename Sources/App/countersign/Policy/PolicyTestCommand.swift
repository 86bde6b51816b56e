internal import AccessModel
internal import ArgumentParser

/// `countersign policy test`
struct PolicyTestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Check that a configuration decides as a table of cases says.",
        discussion: """
            The files are YAML, kept in git beside the configuration:

              config: countersign.yaml
              claims:
                nightly:
                  {iss: "https://gitlab.example.com", sub: "project_path:f/r",
                   project_id: "4711", ref_protected: "true", environment: production,
                   pipeline_id: "1212", job_id: "5151", sha: 69a2c3d4}
              cases:
                - name: The nightly job sets the status
                  claims: nightly
                  target: orders-db
                  sql: UPDATE public.orders SET status = 'done' WHERE id = 42
                  expect: allow

            `expect` is allow, hold, deny or refused (no session). A case may also say user, grant, issuer, source, \
            reason, search_path, at (a time), and what must be owed: obligations (`{rows_returned: 100}`) and masks \
            (`{public.customers.email: email}`). Exit 1 when a case is decided in another way; each such case is listed.

            Example:  countersign policy test policy-tests.yaml
            """
    )

    @Option(name: .long, help: "The configuration file, in the place of the one that the test files name.")
    var config: String?

    @Argument(help: ArgumentHelp("Test files.", valueName: "file"))
    var files: [String]

    @OptionGroup var output: OutputOptions

    func run() throws {
        let printer = output.printer()
        var (total, failed) = (0, 0)
        for path in files {
            let file = try PolicyTestFile(path: path)
            let oracle = try PolicyOracle(
                path: try config ?? file.config ?? ConfigurationFile.path(given: nil),
                now: SystemClock.now()
            )
            for test in file.cases {
                total += 1
                let verdict = try oracle.answer(test.question)
                let passes = test.differences(verdict).isEmpty
                if !passes { failed += 1 }
                if output.json {
                    try printer.object(PolicyTestCommand.json(test, verdict, passes: passes, path: path))
                } else if !passes {
                    try tell(test, verdict, path, printer)
                }
            }
        }
        let count = "\(total) case\(total == 1 ? "" : "s")"
        if failed == 0, !output.json { try printer.line("\(printer.style.paint("ok", .green)): \(count)") }
        try printer.flush()
        guard failed == 0 else {
            throw Failure(
                "\(failed) of \(count) decided in another way: correct the configuration, or what is expected"
            )
        }
    }

    private func tell(_ test: PolicyTestCase, _ verdict: PolicyVerdict, _ path: String, _ printer: Printer) throws {
        try printer.line("\(path):\(test.line): \(printer.style.bold(test.name.onOneLine))")
        let differences = test.differences(verdict).flatMap { difference in
            [
                (PolicyTestCommand.label("expected", difference.what), difference.expected.onOneLine),
                (PolicyTestCommand.label("decided", difference.what), difference.decided.onOneLine),
            ]
        }
        try printer.members(differences + [("reason", (verdict.reason ?? "").onOneLine)], indent: "  ")
    }

    private static func label(_ word: String, _ what: String) -> String {
        what.isEmpty ? word : "\(word) \(what)"
    }

    /// `{"file":"…","line":7,"name":"…","passes":false,"expected":"allow","decided":"deny","grant":null,"reason":"…","obligations":{…}}`
    private static func json(
        _ test: PolicyTestCase,
        _ verdict: PolicyVerdict,
        passes: Bool,
        path: String
    ) -> JSONBytes {
        var json = JSONBytes()
        json.appendRaw("{")
        json.member("file")
        json.append(path)
        json.member("line")
        json.append(Int64(test.line))
        json.member("name")
        json.append(test.name)
        json.member("passes")
        json.append(passes)
        json.member("expected")
        json.append(test.expected)
        json.member("decided")
        json.append(verdict.word)
        json.member("grant")
        json.append(verdict.grant)
        json.member("reason")
        json.append(verdict.reason)
        json.member("obligations")
        json.append(verdict.obligations)
        json.appendRaw("}")
        return json
    }
}
