internal import NIOCore

/// Collects the answer to what the gateway asks the target: where the session looks names up, and, where asked, what its
/// catalog holds.
struct ProbeReader {
    /// Schemas in the order of look-up: a row of one column.
    static let searchPathQuestion = "SELECT pg_catalog.array_to_string(pg_catalog.current_schemas(true), E'\\x01')"

    /// The schemas; nil until they were said.
    private(set) var schemas: [String]?
    private(set) var catalog = CatalogRows()
    private(set) var readsCatalog = false
    private(set) var hasFailed = false
    private(set) var isReading = false
    /// What is asked is how many rows a statement reaches, and the answer.
    private(set) var isEstimating = false
    private(set) var estimate: UInt64?

    mutating func begin(readsCatalog: Bool) {
        schemas = nil
        catalog = CatalogRows()
        self.readsCatalog = readsCatalog
        hasFailed = false
        isReading = true
    }

    mutating func beginEstimate() {
        begin(readsCatalog: false)
        isEstimating = true
        estimate = nil
    }

    /// Planned and not run; with locks and time so bounded that nobody waits for it.
    static func estimateQuestion(_ text: String) -> String {
        "SET LOCAL statement_timeout = '1s'; SET LOCAL lock_timeout = '200ms'; EXPLAIN (FORMAT JSON) \(text)"
    }

    /// The statements of the question that was begun.
    func question(system: Bool) -> String {
        ProbeReader.searchPathQuestion + (readsCatalog ? "; " + CatalogQuestion.text(system: system) : "")
    }

    mutating func end() {
        isReading = false
        isEstimating = false
        catalog = CatalogRows()
    }

    mutating func failed() {
        hasFailed = true
    }

    /// A DataRow: the list of schemas, joined by the byte 1, which no name can be mistaken for; or a row of the catalog.
    mutating func row(_ body: ByteBuffer) {
        var body = body
        guard let count = body.readInteger(as: UInt16.self), count > 0 else { return failed() }
        var texts: [String] = []
        texts.reserveCapacity(Int(count))
        for _ in 0..<count {
            guard let length = body.readInteger(as: Int32.self), length >= -1 else { return failed() }
            guard length >= 0 else {
                texts.append("")
                continue
            }
            guard let bytes = body.readSlice(length: Int(length)),
                let text = String(validating: bytes.readableBytesView, as: UTF8.self)
            else { return failed() }
            texts.append(text)
        }
        if isEstimating {
            estimate = PlanEstimate.rows(of: Array(texts[0].utf8))
        } else if count == 1 {
            schemas = texts[0].split(separator: "\u{1}").map(String.init)
        } else {
            catalog.take(texts)
        }
    }
}
