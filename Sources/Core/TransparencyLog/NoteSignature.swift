/// A signature line of a note: `— name base64(id || signature)`.
package struct NoteSignature: Hashable, Sendable {
    package var name: String
    package var keyID: UInt32
    /// What follows the id: 64 bytes of Ed25519, or 8 of time and 64.
    package var bytes: [UInt8]

    package init(name: String, keyID: UInt32, bytes: [UInt8]) {
        self.name = name
        self.keyID = keyID
        self.bytes = bytes
    }

    /// U+2014 and a space.
    private static let dash: [UInt8] = [0xE2, 0x80, 0x94, 0x20]

    /// Parses a line without its newline; nil where it is none.
    package init?(line: some Collection<UInt8>) {
        guard line.starts(with: NoteSignature.dash) else { return nil }
        let parts = Array(line.dropFirst(4)).split(separator: 0x20, omittingEmptySubsequences: false)
        guard parts.count == 2, let name = String(validating: parts[0], as: UTF8.self), CanonicalText.isName(name),
            let bytes = Base64.bytes(parts[1]), bytes.count > 4
        else { return nil }
        self.name = name
        keyID = bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
        self.bytes = Array(bytes.dropFirst(4))
    }

    /// The line with its newline.
    package var line: [UInt8] {
        let id = (0..<4).map { UInt8(truncatingIfNeeded: keyID >> (24 - 8 * $0)) }
        var line = NoteSignature.dash + Array(name.utf8) + [0x20]
        Base64.append(id + bytes, to: &line)
        return line + [0x0A]
    }
}
