internal import AccessModel
internal import ArgumentParser
internal import Evidence
internal import Foundation
internal import TransparencyLog

/// What the commands that make bundles have in common.
struct EvidenceOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "A checkpoint that the reader holds: the bundle proves that the log extends it.",
            valueName: "file"
        )
    )
    var against: String?

    @Option(name: .long, help: ArgumentHelp("The file; standard output by default.", valueName: "file"))
    var out: String?

    @Option(
        name: .long,
        help: ArgumentHelp("How long to wait for a checkpoint that covers the records.", valueName: "seconds")
    )
    var wait = 15

    @Flag(name: .long, help: "Tell of the file that was written, as one JSON object; with --out.")
    var json = false

    private static let longestWait = 3600

    mutating func validate() throws {
        guard (0...EvidenceOptions.longestWait).contains(wait) else {
            throw ValidationError("--wait is 0 to \(EvidenceOptions.longestWait) seconds")
        }
        guard !json || out != nil else { throw ValidationError("--json tells of a file: give --out FILE") }
    }

    /// The checkpoint of `--against`.
    func older() throws -> Checkpoint? {
        try against.map { try CheckpointFile.read($0) }
    }

    /// Through a console there is no proof of an older checkpoint.
    func refuseOlder() throws {
        guard against == nil else {
            throw Failure("--against needs the ledger's files: run this on the gateway's machine with --data DIR")
        }
    }

    /// Writes the bundle where it was asked for; `records` is nil where somebody else counted them.
    func write(_ file: [UInt8], records: Int?) throws {
        guard file.count <= EvidenceBundle.longestFile else {
            throw Failure("a bundle of \(file.count) bytes is longer than one may be: ask for less")
        }
        guard let out else {
            let output = Output.standard()
            try output.bytes(file)
            return try output.flush()
        }
        let export = try ExportFile(path: out)
        do {
            try export.output.bytes(file)
            try export.commit()
        } catch {
            export.discard()
            throw error
        }
        guard json else {
            return Terminal.complain(records.map { "\(out): \($0) record\($0 == 1 ? "" : "s")" } ?? "\(out): written")
        }
        var told = JSONBytes()
        told.appendRaw("{")
        told.member("file")
        told.append(out)
        told.member("bytes")
        told.append(Int64(file.count))
        told.member("records")
        if let records { told.append(Int64(records)) } else { told.appendNull() }
        told.appendRaw("}")
        let output = Output.standard()
        try output.line(told.bytes)
        try output.flush()
    }

    /// A bundle is no text: on a terminal it would be noise.
    func requireFile() throws {
        guard out == nil, isatty(STDOUT_FILENO) == 1 else { return }
        throw ValidationError("a bundle is a file: redirect standard output, or give --out FILE")
    }
}
