internal import AccessModel
internal import ArgumentParser
internal import TransparencyLog
internal import WitnessDatabase
internal import Witnessing

/// `countersign ledger witness forks`
struct WitnessForksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forks",
        abstract: "Show the checkpoints that a witness refused and kept as evidence.",
        discussion: """
            A `fork` is two checkpoints of one size with two roots, both signed by the log: it proves by itself, to \
            everybody who has the log's key, that the log has two histories. `unproven` is a checkpoint that came without \
            a valid proof that it extends what was cosigned: ask the log for one.

            Exit 0 when there is no fork, 1 when there is one. It works beside a running witness.

            Example:  countersign ledger witness forks --data /var/lib/witness --notes
            """
    )

    @Option(name: .long, help: ArgumentHelp("The witness's data directory.", valueName: "dir"))
    var data: String

    @Flag(name: .long, help: "Print both checkpoints whole, as the log signed them.")
    var notes = false

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let evidence = try await WitnessHome.memory(in: data).evidence()
        let printer = output.printer()
        for piece in evidence {
            if output.json { try printer.object(WitnessForksCommand.json(piece)) } else { try tell(piece, printer) }
        }
        let forks = evidence.count { $0.kind == .fork }
        if evidence.isEmpty, !output.json { try printer.line("no checkpoint was refused for another history") }
        try printer.flush()
        guard forks == 0 else {
            throw Failure(
                "\(forks) proven fork\(forks == 1 ? "" : "s"): keep this directory, and show both notes to whoever relies on the log"
            )
        }
    }

    private func tell(_ piece: ForkEvidence, _ printer: Printer) throws {
        let kind = piece.kind == .fork ? printer.style.paint("fork", .red) : "unproven"
        try printer.line("\(kind)  \(piece.time)  \(piece.origin)  size \(piece.size)  root \(piece.root.base64)")
        guard notes else { return }
        for (name, note) in [("cosigned", piece.cosigned), ("refused", piece.refused)] {
            try printer.line("\(name):")
            for line in String(decoding: note, as: UTF8.self).terminalLines { try printer.line("    \(line)") }
        }
    }

    /// `{"kind":"fork","origin":"…","time":"…","size":9,"root":"…","cosigned":"NOTE","refused":"NOTE"}`
    private static func json(_ piece: ForkEvidence) -> JSONBytes {
        var json = JSONBytes()
        json.appendRaw("{")
        json.member("kind")
        json.append(piece.kind.rawValue)
        json.member("origin")
        json.append(piece.origin)
        json.member("time")
        json.append(piece.time.description)
        json.member("size")
        json.append(piece.size)
        json.member("root")
        json.append(piece.root.base64)
        json.member("cosigned")
        json.append(String(decoding: piece.cosigned, as: UTF8.self))
        json.member("refused")
        json.append(String(decoding: piece.refused, as: UTF8.self))
        json.appendRaw("}")
        return json
    }
}
