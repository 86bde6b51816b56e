internal import TransparencyLog

/// Hashes in a text: a heading, then one hash a line in base 64.
enum HashList {
    static func text(_ heading: String, _ hashes: [MerkleHash]) -> [UInt8] {
        Array((["\(heading)\n"] + hashes.map { "\($0.base64)\n" }).joined().utf8)
    }

    /// The heading's line and the hashes; nil where a line is anything else, or there are more than `most`.
    static func read(_ bytes: [UInt8], most: Int) -> (heading: String, hashes: [MerkleHash])? {
        guard bytes.last == 0x0A else { return nil }
        let lines = bytes.dropLast().split(separator: 0x0A, omittingEmptySubsequences: false)
        guard let first = lines.first, let heading = String(validating: first, as: UTF8.self), lines.count <= most + 1
        else { return nil }
        var hashes: [MerkleHash] = []
        for line in lines.dropFirst() {
            guard let hash = MerkleHash(base64: line) else { return nil }
            hashes.append(hash)
        }
        return (heading, hashes)
    }
}
