import Foundation

@testable import AuditLog

/// Reads a ledger by the format's description alone, with the product's cursor for the frames.
enum Segments {
    /// The lines of all records, and how many segments are sealed. Throws where a frame is bad.
    static func read(_ place: Workplace) throws -> ([String], Int) {
        var records: [String] = []
        var sealed = 0
        for first in try place.layout.segmentIndices() {
            var cursor = try SegmentCursor(place.layout, first: first)
            reading: while true {
                switch try cursor.next() {
                case .record(let record): records.append(String(decoding: record, as: UTF8.self))
                case .sealed:
                    sealed += 1
                    break reading
                case .end: break reading
                case .bad(let what):
                    throw LedgerError.damaged(cursor.name, at: cursor.offset, index: cursor.index, what)
                }
            }
        }
        return (records, sealed)
    }
}
