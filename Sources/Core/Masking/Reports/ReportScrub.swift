/// What stays of an error or a notice that a target sends while a statement touches masked columns: who caused it reads
/// its SQLSTATE and words of ours, never the target's words about values.
///
/// - Severity, SQLSTATE and position (`S`, `V`, `C`, `P`) stay.
/// - The message stays only where it cannot be about a value: faults of the caller's own text, which PostgreSQL points at
///   with a position (class 42), and of the system (transactions, locks, resources, shutdown). Any other becomes the fixed
///   text of its SQLSTATE, or of its class; an unknown one too.
/// - Names of schema, table, column, type and constraint stay for broken constraints (class 23): drivers tell them by
///   name.
/// - Whatever a function, a trigger or `RAISE` may have worded, which its context (`W`) or internal query (`q`) shows,
///   keeps nothing but severity and SQLSTATE.
/// - Detail, hint, context, internal query and everything else is dropped.
///
/// GAP: the SQLSTATE is five characters that a procedural body may choose; who may create one may read the column.
package enum ReportScrub {
    /// The body of an ErrorResponse or NoticeResponse without the bytes that could show masked values. A body that does
    /// not parse becomes an error of its own, XX000.
    package static func scrubbed(_ body: UnsafeRawBufferPointer) -> [UInt8] {
        guard let fields = ReportFields(body), let state = fields[0x43], isState(state) else { return unreadable }
        let isWordedByBody = fields.has("W") || fields.has("q") || fields.has("p")
        var scrubbed: [UInt8] = []
        for type in [UInt8(0x53), 0x56] {
            guard let severity = fields[type], severity.count <= 32 else { continue }
            append(type, severity, to: &scrubbed)
        }
        append(0x43, state, to: &scrubbed)
        if !isWordedByBody, let message = fields[0x4D], isAboutText(state, fields) || isAboutSystem(state) {
            append(0x4D, message, to: &scrubbed)
        } else {
            append(
                0x4D,
                "\(WithheldText.of(String(decoding: state, as: UTF8.self))) \(WithheldText.reason)".utf8,
                to: &scrubbed
            )
        }
        if !isWordedByBody { appendPlaces(fields, state, to: &scrubbed) }
        scrubbed.append(0)
        return scrubbed
    }

    /// The fixed text of an SQLSTATE.
    package static func words(of sqlState: String) -> String { WithheldText.of(sqlState) }

    private static func appendPlaces(
        _ fields: ReportFields,
        _ state: Slice<UnsafeRawBufferPointer>,
        to scrubbed: inout [UInt8]
    ) {
        if let position = fields[0x50], position.count <= 10, position.allSatisfy({ $0 &- 0x30 < 10 }) {
            append(0x50, position, to: &scrubbed)
        }
        guard state.starts(with: "23".utf8) else { return }
        for type in "stcdn".utf8 {
            if let name = fields[type] { append(type, name, to: &scrubbed) }
        }
    }

    private static func append(_ type: UInt8, _ text: some Sequence<UInt8>, to scrubbed: inout [UInt8]) {
        scrubbed.append(type)
        scrubbed.append(contentsOf: text)
        scrubbed.append(0)
    }

    private static func isState(_ state: Slice<UnsafeRawBufferPointer>) -> Bool {
        state.count == 5 && state.allSatisfy { $0 &- 0x30 < 10 || $0 &- 0x41 < 26 }
    }

    /// The server points at a place of the caller's text: it says what the text says.
    private static func isAboutText(_ state: Slice<UnsafeRawBufferPointer>, _ fields: ReportFields) -> Bool {
        state.starts(with: "42".utf8) && fields.has("P") && !fields.has("D")
    }

    /// Transactions and cursors, roll-backs, resources, limits, states of objects, operator's intervention.
    private static func isAboutSystem(_ state: Slice<UnsafeRawBufferPointer>) -> Bool {
        ["08", "25", "26", "34", "3B", "40", "53", "55", "57"].contains { state.starts(with: $0.utf8) }
    }

    private static let unreadable: [UInt8] = {
        var body: [UInt8] = []
        append(0x53, "ERROR".utf8, to: &body)
        append(0x56, "ERROR".utf8, to: &body)
        append(0x43, "XX000".utf8, to: &body)
        append(0x4D, "\(WithheldText.of("XX000")) \(WithheldText.reason)".utf8, to: &body)
        body.append(0)
        return body
    }()
}
