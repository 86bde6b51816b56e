/// Whole numbers in the order of the network.
enum BigEndian {
    static func append<Number: FixedWidthInteger>(_ number: Number, to bytes: inout [UInt8]) {
        Swift.withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }

    /// The number at `offset`; nil where the bytes end before it does.
    static func read<Number: FixedWidthInteger>(
        _ type: Number.Type,
        from bytes: UnsafeRawBufferPointer,
        at offset: Int
    ) -> Number? {
        guard offset >= 0, bytes.count - offset >= MemoryLayout<Number>.size else { return nil }
        return Number(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Number.self))
    }
}
