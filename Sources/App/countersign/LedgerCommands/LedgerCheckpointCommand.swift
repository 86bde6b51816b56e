internal import AccessModel
internal import ArgumentParser
internal import AuditLog
internal import TransparencyLog

/// `countersign ledger checkpoint`
struct LedgerCheckpointCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkpoint",
        abstract: "Print the ledger's signed checkpoint, or prove that it extends an older one.",
        discussion: """
            Keep what it prints somewhere else: whoever holds an older checkpoint can tell whether anything before it was \
            changed since. With --against, the proof is made from the tiles and verified; exit 1 when the ledger does not \
            extend the older checkpoint. (countersign ledger verify recomputes everything from the records as well.)

            Example:  countersign ledger checkpoint > 2026-11.checkpoint
            Example:  countersign ledger checkpoint --against 2026-10.checkpoint
            """
    )

    @Option(name: .long, help: ArgumentHelp("A checkpoint that was kept from before.", valueName: "file"))
    var against: String?

    @OptionGroup var data: LocalOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let tiles = LedgerTiles(directory: try data.directory().existingLedger())
        guard let note = try tiles.checkpoint() else {
            throw Failure("the ledger has no checkpoint yet: the gateway signs the first one with its first records")
        }
        let checkpoint = try CheckpointFile.checkpoint(of: note, "the ledger's checkpoint")
        let printer = output.printer()
        if let against {
            let older = try CheckpointFile.read(against)
            let proof = try prove(checkpoint, extends: older, tiles)
            try tell(checkpoint, older, proof, printer)
        } else if output.json {
            try printer.object(LedgerCheckpointCommand.json(checkpoint, note: note))
        } else {
            try printer.output.bytes(note)
        }
        try printer.flush()
    }

    private func prove(_ new: Checkpoint, extends old: Checkpoint, _ tiles: LedgerTiles) throws -> ConsistencyProof {
        guard old.origin.hasBytes(of: new.origin) else {
            throw Failure("the older checkpoint is of another log: \(old.origin.onOneLine)")
        }
        guard old.size <= new.size else {
            throw Failure(
                "the ledger has \(new.size) records and the older checkpoint \(old.size): it was cut or rolled back, or this"
                    + " is another one; keep a copy of it as it is"
            )
        }
        do {
            var tree = tiles.tree(size: new.size)
            let proof = try tree.consistencyProof(from: old.size)
            try proof.verify(oldRoot: old.root, newRoot: new.root)
            return proof
        } catch let error as ProofError {
            throw Failure("the ledger does not extend the older checkpoint: \(error); keep a copy of it as it is")
        } catch {
            throw Failure("the proof could not be made: \(error)")
        }
    }

    private func tell(_ new: Checkpoint, _ old: Checkpoint, _ proof: ConsistencyProof, _ printer: Printer) throws {
        guard !printer.json else {
            var json = JSONBytes()
            json.appendRaw("{")
            json.member("result")
            json.append("extends")
            json.member("older")
            json.append(old.size)
            json.member("size")
            json.append(new.size)
            json.member("proof")
            json.append(proof.hashes.map(\.base64))
            json.appendRaw("}")
            return try printer.object(json)
        }
        let words = "the ledger of \(new.size) records extends the checkpoint of \(old.size)"
        try printer.line("\(printer.style.paint("extends", .green)): \(words)")
    }

    /// `{"origin":"…","size":1042,"root":"…","note":"…"}`
    private static func json(_ checkpoint: Checkpoint, note: [UInt8]) -> JSONBytes {
        var json = JSONBytes()
        json.appendRaw("{")
        json.member("origin")
        json.append(checkpoint.origin)
        json.member("size")
        json.append(checkpoint.size)
        json.member("root")
        json.append(checkpoint.root.base64)
        json.member("note")
        json.append(String(decoding: note, as: UTF8.self))
        json.appendRaw("}")
        return json
    }
}
