/// Private keys as text: PEM (RFC 7468) of any kind, OpenSSH's and PGP's among them.
enum PrivateKeyForm {
    static func end(in bytes: Bytes, at start: Int) -> Int? {
        bytes[start + 1] == 0x2D && bytes[start + 5] == 0x42 ? keyEnd(in: bytes, at: start) : nil
    }

    @inline(never)
    private static func keyEnd(in bytes: Bytes, at start: Int) -> Int? {
        guard bytes.has("-----BEGIN ", at: start) else { return nil }
        let label = label(in: bytes, from: start + 11)
        guard let label, label.isPrivate else { return nil }
        var index = label.end
        while index < bytes.count {
            if bytes[index] == 0x2D, bytes.has("-----END ", at: index) {
                return self.label(in: bytes, from: index + 9).map { min($0.end + 5, bytes.count) } ?? bytes.count
            }
            index += 1
        }
        // Cut off: what there is of the key is the rest.
        return bytes.count
    }

    /// Capitals and spaces up to five dashes, at most 40.
    private static func label(in bytes: Bytes, from start: Int) -> (end: Int, isPrivate: Bool)? {
        var index = start
        var isPrivate = false
        while index - start <= 40, bytes[index] != 0x2D, index < bytes.count {
            if bytes[index] == 0x50, bytes.has("PRIVATE KEY", at: index) { isPrivate = true }
            index += 1
        }
        return bytes.has("-----", at: index) ? (index, isPrivate) : nil
    }

    /// `AGE-SECRET-KEY-1` and 58 characters of Bech32.
    static func ageEnd(in bytes: Bytes, at start: Int) -> Int? {
        guard bytes[start + 3] == 0x2D, bytes.has("AGE-SECRET-KEY-1", at: start) else { return nil }
        let end = bytes.end(from: start + 16, limit: 80, while: ASCII.isWord)
        return end - start >= 60 ? end : nil
    }
}
