/// What a log signs: its name, size and root (tlog-checkpoint).
package struct Checkpoint: Hashable, Sendable {
    /// The log's name, the same as that of its key.
    package var origin: String
    /// Entries.
    package var size: UInt64
    package var root: MerkleHash
    /// Lines that no witness and no monitor looks at. Countersign writes none.
    package var extensions: [String]

    package init(origin: String, size: UInt64, root: MerkleHash, extensions: [String] = []) {
        self.origin = origin
        self.size = size
        self.root = root
        self.extensions = extensions
    }

    /// Parses a note's text. Throws `NoteError.malformedCheckpoint` with the line, counted from 1.
    package init(_ text: [UInt8]) throws(NoteError) {
        guard text.last == 0x0A else { throw .malformedText }
        let lines = text.dropLast().split(separator: 0x0A, omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() where line.isEmpty { throw .malformedCheckpoint(line: number + 1) }
        guard lines.count >= 3 else { throw .malformedCheckpoint(line: lines.count + 1) }
        guard let origin = String(validating: lines[0], as: UTF8.self) else { throw .malformedCheckpoint(line: 1) }
        guard let size = CanonicalText.number(lines[1]) else { throw .malformedCheckpoint(line: 2) }
        guard let root = MerkleHash(base64: lines[2]) else { throw .malformedCheckpoint(line: 3) }
        guard size > 0 || root == .emptyRoot else { throw .malformedCheckpoint(line: 3) }
        self.init(
            origin: origin,
            size: size,
            root: root,
            extensions: lines[3...].map { String(decoding: $0, as: UTF8.self) }
        )
    }

    /// The note's text.
    package var text: [UInt8] {
        Array(([origin, "\(size)", root.base64] + extensions).map { "\($0)\n" }.joined().utf8)
    }

    /// Signed by the log's key, whose name is the origin. Throws where a note cannot hold it, or the names differ.
    package func signed(by signer: NoteSigner) throws(NoteError) -> SignedNote {
        guard origin.utf8.elementsEqual(signer.key.name.utf8) else { throw .wrongOrigin(origin) }
        var note = try SignedNote(text: text)
        try note.add(try signer.signature(of: text))
        return note
    }
}
