internal import AccessModel
internal import ArgumentParser
internal import AuditLog
internal import Foundation
internal import TransparencyLog

/// `countersign ledger verify`
struct LedgerVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Recompute the whole ledger, and say whether it is as it was written.",
        discussion: """
            Every record, hash, time and segment, every bundle and tile that the published checkpoint needs, every blob that \
            a record names, the head, the signed checkpoint and the lock are read and recomputed. It works on the files, beside a running gateway or without one, and changes nothing. Exit 0 \
            when the ledger is intact; 1 when it is not, with one line for each place.

            With --checkpoint it also proves that the ledger extends the one of a checkpoint that was kept from earlier: \
            this finds what somebody rewrote and signed again. With --key the ledger's own list of keys is not believed.

            What it does not prove: that somebody who has the ledger's key did not rewrite what came after the last \
            checkpoint that you, or a witness, keep elsewhere; and that what was recorded is true.

            Example:  countersign ledger verify --data /var/lib/countersign --checkpoint checkpoint-of-monday
            """
    )

    @OptionGroup var data: LocalOptions
    @Option(
        name: .long,
        help: ArgumentHelp("A checkpoint that was seen earlier; may be given more than once.", valueName: "file")
    )
    var checkpoint: [String] = []
    @Option(name: .long, help: ArgumentHelp("A key of the ledger that you know: NAME+ID+KEY.", valueName: "vkey"))
    var key: String?
    @Option(name: .long, help: ArgumentHelp("The lock, where the configuration names another.", valueName: "file"))
    var lock: String?
    @Flag(name: .long, help: "Look at no lock: for a copy of the data that comes without it.")
    var noLock = false
    @OptionGroup var output: OutputOptions

    func run() throws {
        let files = try LedgerFiles(data, lock: lock)
        let directory = try files.data.existingLedger()
        let anchors = try anchors(files)
        let progress = ProgressLine()
        let verification: Verification
        do throws(LedgerError) {
            verification = try LedgerVerifier(directory: directory, anchors: anchors).run { step in
                progress.show("verifying \(step.segment): \(step.records) records")
            }
        } catch {
            progress.clear()
            guard case .unreadable = error.code else { throw Failure("\(error)") }
            throw Failure("\(error): run this as the gateway's user")
        }
        progress.clear()
        try report(verification, of: directory)
    }

    private func anchors(_ files: LedgerFiles) throws -> VerificationAnchors {
        var anchors = VerificationAnchors(lock: noLock ? nil : files.lock)
        if let key {
            guard let parsed = try? NoteVerifierKey(key) else { throw ValidationError("not a verifier key: \(key)") }
            anchors.key = parsed
        }
        for path in checkpoint {
            guard let note = FileManager.default.contents(atPath: path) else { throw Failure("\(path) cannot be read") }
            anchors.earlier.append(VerificationAnchors.Earlier(name: path, note: Array(note)))
        }
        return anchors
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
        if summary.erased > 0 { parts.append("(\(count(UInt64(summary.erased), "blob")) erased, as records say)") }
        try printer.line("\(printer.style.paint("intact", .green)): \(parts.joined(separator: " "))")
        try printer.line("signed: the first \(count(summary.signed, "record")), root \(summary.root.base64)")
        if let key = summary.key { try printer.line("key: \(key.text)") }
        if let last = summary.lastSigned, last > summary.signed {
            let mark = printer.style.paint("behind", .yellow)
            try printer.line(
                "\(mark): \(count(last, "record")) were signed, and the published checkpoint is an older one. A gateway that is"
                    + " publishing, or a crash before it did, looks like this for a moment, until the next start; so does an old"
                    + " checkpoint that somebody put back"
            )
        }
        if summary.earlier > 0 { try printer.line("extends: \(count(UInt64(summary.earlier), "earlier checkpoint"))") }
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

    /// `{"result":"intact","records":1042,"segments":1,"blobs":0,"bytes":67108864,"erased":0,"signed":1042,"last_signed":1042,"root":"…","key":"…"}`
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
        json.member("erased")
        json.append(UInt64(summary.erased))
        json.member("signed")
        json.append(summary.signed)
        json.member("last_signed")
        if let last = summary.lastSigned { json.append(last) } else { json.appendNull() }
        json.member("root")
        json.append(summary.root.base64)
        json.member("key")
        json.append(summary.key?.text)
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
