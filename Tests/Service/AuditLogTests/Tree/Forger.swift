import AccessModel
import Foundation
import TransparencyLog

@testable import AuditLog

/// Somebody who can write all of a ledger's folder, and knows its format as well as we do.
struct Forger {
    let place: Workplace

    /// Rewrites the records of the first segment, hashes and seal included.
    func rewrite(_ change: (inout [[UInt8]]) -> Void) throws {
        let first = try place.layout.segmentIndices()[0]
        var cursor = try SegmentCursor(place.layout, first: first)
        var lines: [[UInt8]] = []
        var isSealed = false
        reading: while true {
            switch try cursor.next() {
            case .record(let line): lines.append(Array(line))
            case .sealed:
                isSealed = true
                break reading
            case .end, .bad: break reading
            }
        }
        change(&lines)
        var bytes = cursor.header.encoded
        for line in lines {
            BigEndian.append(UInt32(line.count), to: &bytes)
            MerkleHash.leaf(line).append(to: &bytes)
            bytes += line
        }
        if isSealed { bytes += SegmentSeal(count: UInt64(lines.count)).encoded }
        bytes += [UInt8](repeating: 0, count: Int(cursor.header.fileBytes) - bytes.count)
        try place.write(bytes, to: place.layout.segment(LedgerLayout.segmentName(first: first)))
    }

    /// The same text in each line, of the same length.
    static func edit(_ lines: inout [[UInt8]], _ index: Int, from: String, to: String) {
        let text = String(decoding: lines[index], as: UTF8.self)
        lines[index] = Array(text.replacing(from, with: to).utf8)
    }

    /// Makes the head count what is left.
    func rewriteHead() throws {
        var cursor = LedgerReader(directory: place.directory).cursor()
        var last: LedgerEntry?
        while let entry = try cursor.next() { last = entry }
        let old = try LedgerHead.read(place.layout)
        guard let last, let old, let time = RecordOpening(last.line)?.time else { return }
        let head = LedgerHead(size: last.index + 1, leaf: last.leaf, time: time, boot: old.boot)
        try place.write(Array(head.encoded.utf8), to: place.layout.head)
    }
}
