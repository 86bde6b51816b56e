internal import Masking
internal import NIOCore
internal import PostgresWire

/// Looks for what detectors know in the values of a row, and makes the row without it.
struct RowSearch {
    /// The bytes of a value in the body, and what stands there instead; nil for NULL.
    private typealias Edit = (range: Range<Int>, replacement: [UInt8]?)

    private let detection: Detection

    init(_ detection: Detection) {
        self.detection = detection
    }

    /// A DataRow, or a row of binary COPY data, which is the same behind its header: Int16 count, then for each value
    /// Int32 length (-1: NULL) and its bytes. The body that takes its place; nil where it may pass.
    func row(_ body: ByteBuffer, from start: Int = 0, columns: ResultColumns?) throws(FrameError) -> ByteBuffer? {
        guard let found = body.withUnsafeReadableBytes({ edits($0, start, columns) }) else {
            throw FrameError(code: .malformed, type: BackendKind.dataRow.rawValue)
        }
        return found.isEmpty ? nil : edited(body, found)
    }

    /// COPY data as text or CSV: the line as a whole.
    func line(_ body: ByteBuffer) -> ByteBuffer? {
        let line = body.withUnsafeReadableBytes { redacted($0, as: .text) }
        guard case .some(let replacement) = line else { return nil }
        return ByteBuffer(bytes: replacement ?? [])
    }

    /// COPY data in binary: a header before the first row, -1 behind the last one. PostgreSQL manual, COPY, Binary Format.
    func binaryLine(_ body: ByteBuffer) throws(FrameError) -> ByteBuffer? {
        var start = 0
        if body.readableBytesView.starts(with: RowSearch.signature) {
            guard let length = body.getInteger(at: body.readerIndex + 15, as: UInt32.self),
                Int(length) <= body.readableBytes - 19
            else { throw FrameError(code: .malformed, type: BackendKind.copyData.rawValue) }
            start = 19 + Int(length)
        }
        guard start < body.readableBytes, body.getInteger(at: body.readerIndex + start, as: Int16.self) != -1 else {
            return nil
        }
        return try row(body, from: start, columns: nil)
    }

    private static let signature = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00]

    private func edits(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ columns: ResultColumns?) -> [Edit]? {
        guard bytes.count >= start + 2 else { return nil }
        let count = Int(bytes[start]) << 8 | Int(bytes[start + 1])
        var index = start + 2
        var edits: [Edit] = []
        for column in 0..<count {
            guard bytes.count - index >= 4 else { return nil }
            let length = Int32(bigEndian: bytes.loadUnaligned(fromByteOffset: index, as: Int32.self))
            index += 4
            guard length > 0 else {
                guard length >= -1 else { return nil }
                continue
            }
            guard bytes.count - index >= Int(length) else { return nil }
            let range = index..<index + Int(length)
            index = range.upperBound
            var treatment = ResultColumns.Treatment.text
            if let columns {
                guard column < columns.treatments.count else { return nil }
                treatment = columns.treatments[column]
            }
            guard treatment != .skip,
                case .some(let replacement) = redacted(UnsafeRawBufferPointer(rebasing: bytes[range]), as: treatment)
            else { continue }
            edits.append((range, replacement))
        }
        return index == bytes.count ? edits : nil
    }

    /// Nil: as it is. A value in some other shape than text, a composite in binary, cannot lose a piece and be read: it
    /// becomes NULL.
    private func redacted(_ value: UnsafeRawBufferPointer, as treatment: ResultColumns.Treatment) -> [UInt8]?? {
        let findings = detection.all.findings(in: value)
        guard !findings.isEmpty else { return nil }
        for finding in findings { detection.count(finding) }
        let taken = findings.filter { detection.redacts.contains(DetectorSet($0.kind)) }
        guard !taken.isEmpty else { return nil }
        guard !value.contains(0) else { return .some(nil) }
        return treatment == .json ? JSONRedaction.redact(taken, in: value) : Finding.redact(taken, in: value)
    }

    private func edited(_ body: ByteBuffer, _ edits: [Edit]) -> ByteBuffer {
        var new = ByteBuffer()
        new.reserveCapacity(body.readableBytes + 32 * edits.count)
        let bytes = body.readableBytesView
        func copy(_ range: Range<Int>) {
            new.writeBytes(bytes[bytes.startIndex + range.lowerBound..<bytes.startIndex + range.upperBound])
        }
        var index = 0
        for edit in edits {
            copy(index..<edit.range.lowerBound - 4)
            new.writeInteger(edit.replacement.map { Int32($0.count) } ?? -1)
            new.writeBytes(edit.replacement ?? [])
            index = edit.range.upperBound
        }
        copy(index..<body.readableBytes)
        return new
    }
}
