internal import NIOCore

/// The tag of CommandComplete: `SELECT 10`, `INSERT 0 5`, `BEGIN`.
enum CommandTag {
    /// Whether a transaction was committed: COMMIT, and not COMMIT PREPARED.
    static func isCommit(_ body: ByteBuffer) -> Bool {
        body.readableBytesView.elementsEqual("COMMIT\0".utf8)
    }

    /// Rows that were inserted, updated, deleted or merged, or copied; nil for other tags.
    static func changedRows(_ body: ByteBuffer) -> UInt64? {
        let bytes = body.readableBytesView
        let isChange = ["INSERT ", "UPDATE ", "DELETE ", "MERGE ", "COPY "].contains { bytes.starts(with: $0.utf8) }
        return isChange ? rows(body) : nil
    }

    /// The number at its end, if there is one. Reads the digits in place.
    static func rows(_ body: ByteBuffer) -> UInt64? {
        let bytes = body.readableBytesView
        var index = bytes.endIndex
        if let last = bytes.last, last == 0 { index -= 1 }
        let end = index
        var value: UInt64 = 0
        var scale: UInt64 = 1
        while index > bytes.startIndex, end - index < 19 {
            let byte = bytes[index - 1]
            guard (0x30...0x39).contains(byte) else { break }
            value += UInt64(byte - 0x30) * scale
            scale *= 10
            index -= 1
        }
        guard index < end, index > bytes.startIndex, bytes[index - 1] == 0x20 else { return nil }
        return value
    }
}
