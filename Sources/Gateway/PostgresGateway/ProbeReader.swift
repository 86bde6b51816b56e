internal import NIOCore

/// Collects the answer to a question that the gateway asks the target: the columns of one row, as text.
struct ProbeReader {
    /// Schemas in the order of look-up; and, where asked, the names of pg_catalog's relations.
    static let searchPathQuestion = "SELECT pg_catalog.array_to_string(pg_catalog.current_schemas(true), E'\\x01')"
    static let catalogQuestion =
        searchPathQuestion
        + ", (SELECT pg_catalog.array_to_string(pg_catalog.array_agg(relname), E'\\x01') FROM pg_catalog.pg_class"
        + " WHERE relnamespace OPERATOR(pg_catalog.=) 11)"

    private(set) var columns: [[String]] = []
    private(set) var hasFailed = false
    private(set) var isReading = false

    mutating func begin() {
        columns = []
        hasFailed = false
        isReading = true
    }

    mutating func end() {
        isReading = false
    }

    mutating func failed() {
        hasFailed = true
    }

    /// A DataRow: each column a list joined by the byte 1, which no name can be mistaken for.
    mutating func row(_ body: ByteBuffer) {
        var body = body
        guard let count = body.readInteger(as: UInt16.self) else { return failed() }
        columns = []
        for _ in 0..<count {
            guard let length = body.readInteger(as: Int32.self), length >= -1 else { return failed() }
            guard length >= 0 else {
                columns.append([])
                continue
            }
            guard let bytes = body.readSlice(length: Int(length)),
                let text = String(validating: bytes.readableBytesView, as: UTF8.self)
            else { return failed() }
            columns.append(text.split(separator: "\u{1}").map(String.init))
        }
    }
}
