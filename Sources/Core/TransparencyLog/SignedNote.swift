/// A text with signatures under it (signed-note): the text, an empty line, and a line for each signature.
package struct SignedNote: Hashable, Sendable {
    /// What is signed: UTF-8 that ends with a newline.
    package let text: [UInt8]
    package private(set) var signatures: [NoteSignature]

    /// Bytes of a whole note. Room for a hundred cosignatures of the largest kind that is specified.
    package static let longest = 1 << 19
    package static let mostSignatures = 100

    /// Throws `NoteError.malformedText` where a note cannot hold this text.
    package init(text: [UInt8], signatures: [NoteSignature] = []) throws(NoteError) {
        guard text.count <= SignedNote.longest else { throw .tooLong(bytes: text.count) }
        guard text.last == 0x0A, SignedNote.isText(text) else { throw .malformedText }
        guard signatures.count <= SignedNote.mostSignatures else { throw .tooManySignatures }
        self.text = text
        self.signatures = signatures
    }

    package init(_ bytes: [UInt8]) throws(NoteError) {
        guard bytes.count <= SignedNote.longest else { throw .tooLong(bytes: bytes.count) }
        guard bytes.last == 0x0A, SignedNote.isText(bytes) else { throw .malformedText }
        // The last empty line parts text and signatures; the text may have empty lines of its own.
        guard let split = bytes.indices.dropLast().last(where: { bytes[$0] == 0x0A && bytes[$0 + 1] == 0x0A }),
            split + 2 < bytes.count
        else { throw .noSignatures }
        let lines = bytes[(split + 2)...].dropLast().split(separator: 0x0A, omittingEmptySubsequences: false)
        guard lines.count <= SignedNote.mostSignatures else { throw .tooManySignatures }
        var signatures: [NoteSignature] = []
        for (number, line) in lines.enumerated() {
            guard let signature = NoteSignature(line: line) else { throw .malformedSignature(line: number + 1) }
            signatures.append(signature)
        }
        text = Array(bytes[...split])
        self.signatures = signatures
    }

    /// Valid UTF-8, and no control character but the newline.
    private static func isText(_ bytes: [UInt8]) -> Bool {
        bytes.allSatisfy { $0 >= 0x20 || $0 == 0x0A } && String(validating: bytes, as: UTF8.self) != nil
    }

    package var bytes: [UInt8] {
        signatures.reduce(text + [0x0A]) { $0 + $1.line }
    }

    /// Adds a line behind the others.
    package mutating func add(_ signature: NoteSignature) throws(NoteError) {
        guard signatures.count < SignedNote.mostSignatures else { throw .tooManySignatures }
        signatures.append(signature)
    }

    /// The signatures of these keys, one a key, in the keys' order; empty where none of them signed.
    ///
    /// Signatures of other keys are passed over, also those of unknown kinds. A signature under a known name and id that
    /// does not verify makes the whole note worthless, and throws. A key that signed twice counts once; the later
    /// cosignature is the one that is told.
    package func signatures(by keys: [NoteVerifierKey]) throws(NoteError) -> [VerifiedSignature] {
        var verified: [VerifiedSignature] = []
        for (position, key) in keys.enumerated() {
            for other in keys[..<position] where other.id == key.id && other.name.utf8.elementsEqual(key.name.utf8) {
                guard other == key else { throw .ambiguousKey(name: key.name) }
            }
            guard !keys[..<position].contains(key) else { continue }
            var latest: VerifiedSignature?
            for signature in signatures where key.isNamed(by: signature) {
                guard let found = key.verify(signature, of: text) else { throw .wrongSignature(name: key.name) }
                if latest == nil || (latest?.time ?? 0) < (found.time ?? 0) { latest = found }
            }
            if let latest { verified.append(latest) }
        }
        return verified
    }
}
