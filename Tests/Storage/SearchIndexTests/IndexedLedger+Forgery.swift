import AuditLog
import Crypto
import Foundation

extension IndexedLedger {
    /// Rewrites the first segment as somebody would who can compute hashes: each record by `change`, which keeps its
    /// length. docs/reference/ledger-format.md, Segments.
    func forge(_ change: (_ index: Int, _ record: String) -> String) throws {
        ledger.close()
        let path = URL(filePath: root + "/ledger/segments/00000000000000000000.segment")
        var bytes = Array(try Data(contentsOf: path))
        var (offset, index) = (96, 0)
        while offset + 36 < bytes.count {
            let length = bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
            guard length > 0, bytes[offset + 36] == UInt8(ascii: "{") else { break }
            let place = offset + 36..<offset + 36 + length
            bytes.replaceSubrange(place, with: change(index, String(decoding: bytes[place], as: UTF8.self)).utf8)
            let leaf = Array(SHA256.hash(data: [0] + bytes[place]))
            bytes.replaceSubrange(offset + 4..<offset + 36, with: leaf)
            (offset, index) = (place.upperBound, index + 1)
        }
        try Data(bytes).write(to: path)
    }
}
