/// Replies of a server of mail (RFC 5321 section 4.2), cut out of what comes in.
package struct SMTPReply: Hashable, Sendable {
    package var code: Int
    /// The texts of its lines.
    package var lines: [String]

    static let longestLine = 2048
    static let mostLines = 128

    /// Takes one reply off the front; nil while it is not whole. Throws what is no reply.
    package static func next(in bytes: inout [UInt8]) throws(SMTPFault) -> SMTPReply? {
        var lines: [String] = []
        var position = 0
        while let end = bytes[position...].firstIndex(of: 0x0A) {
            let line = bytes[position..<end].last == 0x0D ? bytes[position..<(end - 1)] : bytes[position..<end]
            position = end + 1
            guard line.count >= 3, line.count <= longestLine, lines.count < mostLines,
                line.prefix(3).allSatisfy({ (0x30...0x39).contains($0) }),
                let code = Int(String(decoding: line.prefix(3), as: UTF8.self))
            else { throw SMTPFault(.malformed) }
            lines.append(String(decoding: line.dropFirst(4), as: UTF8.self))
            let mark = line.count > 3 ? line[line.startIndex + 3] : 0x20
            guard mark == 0x2D || mark == 0x20 else { throw SMTPFault(.malformed) }
            guard mark == 0x20 else { continue }
            bytes.removeFirst(position)
            return SMTPReply(code: code, lines: lines)
        }
        guard bytes.count <= longestLine * mostLines, bytes.count - position <= longestLine else {
            throw SMTPFault(.malformed)
        }
        return nil
    }

    /// Whether a capability of EHLO is among its lines: `STARTTLS`, `AUTH PLAIN LOGIN`.
    func offers(_ word: String, _ parameter: String? = nil) -> Bool {
        lines.contains { line in
            let words = line.uppercased().split(separator: " ")
            guard words.first.map(String.init) == word else { return false }
            return parameter.map { words.dropFirst().map(String.init).contains($0) } ?? true
        }
    }
}
