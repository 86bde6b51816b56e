internal import AccessModel
internal import ArgumentParser
internal import AuditLog

/// `countersign ledger verify`
struct LedgerVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Recompute the whole ledger, and say whether it is as it was written.",
        discussion: """
            Every record, link, index, time, segment, blob and the head is read and recomputed. It works on the files, \
            beside a running gateway or without one, and changes nothing. Exit 0 when the ledger is intact; 1 when it \
            is not, with one line for each place.

            What it does not prove: the ledger has no signed checkpoint yet. Whoever can write the whole directory can \
            write another ledger that verifies, and can cut off the end together with the head. Compare the link that \
            is printed with one that was noted earlier and elsewhere.

            Example:  countersign ledger verify --data /var/lib/countersign
            """
    )

    @OptionGroup var data: DataOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let directory = try data.directory().existingLedger()
        let progress = ProgressLine()
        let verification: Verification
        do throws(LedgerError) {
            verification = try LedgerVerifier(directory: directory).run { step in
                progress.show("verifying \(step.segment): \(step.records) records")
            }
        } catch {
            progress.clear()
            throw Failure("\(error): run this as the gateway's user")
        }
        progress.clear()
        try report(verification, of: directory)
    }

    private func report(_ verification: Verification, of directory: String) throws {
        let printer = output.printer()
        switch verification {
        case .intact(let summary):
            if output.json { try printer.object(LedgerVerifyCommand.json(summary)) } else { try tell(summary, printer) }
            try printer.flush()
        case .broken(let findings):
            for finding in findings {
                if output.json {
                    try printer.object(LedgerVerifyCommand.json(finding))
                } else {
                    try tell(finding, printer)
                }
            }
            try printer.flush()
            throw Failure(
                "\(directory) is not as it was written: keep a copy of it as it is, and compare with a backup"
            )
        }
    }

    // MARK: For people

    private func tell(_ summary: Verification.Summary, _ printer: Printer) throws {
        var parts = [count(summary.records, "record"), "in \(count(UInt64(summary.segments), "segment"))"]
        if summary.blobs > 0 { parts.append("and \(count(UInt64(summary.blobs), "blob"))") }
        let link = summary.link.map { ", link \($0.hex)" } ?? ""
        try printer.line("\(printer.style.paint("intact", .green)): \(parts.joined(separator: " "))\(link)")
    }

    private func tell(_ finding: Verification.Finding, _ printer: Printer) throws {
        let record = finding.index.map { " (record \($0))" } ?? ""
        let place = "\(finding.file) at byte \(finding.offset)\(record)"
        try printer.line("\(printer.style.paint("broken", .red)): \(place): \(finding.what)")
    }

    private func count(_ number: UInt64, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }

    // MARK: For programs

    /// `{"result":"intact","records":1042,"segments":1,"blobs":0,"bytes":67108864,"link":"…"}`
    private static func json(_ summary: Verification.Summary) -> JSONBytes {
        var json = JSONBytes()
        json.appendRaw("{")
        json.member("result")
        json.append("intact")
        json.member("records")
        json.append(summary.records)
        json.member("segments")
        json.append(UInt64(summary.segments))
        json.member("blobs")
        json.append(UInt64(summary.blobs))
        json.member("bytes")
        json.append(summary.bytes)
        json.member("link")
        json.append(summary.link?.hex)
        json.appendRaw("}")
        return json
    }

    /// `{"result":"broken","file":"….segment","offset":4711,"record":17,"what":"…"}`
    private static func json(_ finding: Verification.Finding) -> JSONBytes {
        var json = JSONBytes()
        json.appendRaw("{")
        json.member("result")
        json.append("broken")
        json.member("file")
        json.append(finding.file)
        json.member("offset")
        json.append(finding.offset)
        json.member("record")
        if let index = finding.index { json.append(index) } else { json.appendNull() }
        json.member("what")
        json.append(finding.what)
        json.appendRaw("}")
        return json
    }
}
