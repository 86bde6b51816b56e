/// Up to 256 entries in a row, each as two bytes of length (big-endian) and its bytes (tlog-tiles, Log entries).
package struct EntryBundle: Sendable {
    package static let longestEntry = Int(UInt16.max)

    package let bytes: [UInt8]
    private let places: [Range<Int>]

    /// Exactly `width` entries and nothing behind them.
    package init(_ bytes: [UInt8], width: Int) throws(TileError) {
        var places: [Range<Int>] = []
        var position = 0
        for entry in 0..<width {
            guard bytes.count - position >= 2 else { throw .malformedBundle(entry: entry) }
            let length = Int(bytes[position]) << 8 | Int(bytes[position + 1])
            position += 2
            guard bytes.count - position >= length else { throw .malformedBundle(entry: entry) }
            places.append(position..<position + length)
            position += length
        }
        guard position == bytes.count else { throw .malformedBundle(entry: width) }
        self.bytes = bytes
        self.places = places
    }

    package var count: Int { places.count }

    /// The entry's bytes; `position` is within the bundle, from 0.
    package subscript(position: Int) -> ArraySlice<UInt8> { bytes[places[position]] }

    package var entries: [ArraySlice<UInt8>] { places.map { bytes[$0] } }

    // MARK: Writing

    package static func append(_ entry: UnsafeRawBufferPointer, to bundle: inout [UInt8]) throws(TileError) {
        guard entry.count <= longestEntry else { throw .entryTooLong(bytes: entry.count) }
        bundle.append(UInt8(truncatingIfNeeded: entry.count >> 8))
        bundle.append(UInt8(truncatingIfNeeded: entry.count))
        bundle.append(contentsOf: entry)
    }

    package static func append(_ entry: [UInt8], to bundle: inout [UInt8]) throws(TileError) {
        guard entry.count <= longestEntry else { throw .entryTooLong(bytes: entry.count) }
        bundle.append(UInt8(truncatingIfNeeded: entry.count >> 8))
        bundle.append(UInt8(truncatingIfNeeded: entry.count))
        bundle.append(contentsOf: entry)
    }
}
