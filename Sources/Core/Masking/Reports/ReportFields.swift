/// The fields of an ErrorResponse or NoticeResponse: a byte of type and text that ends with a zero, until a zero stands
/// for a type. PostgreSQL manual, Error and Notice Message Fields.
struct ReportFields {
    private var fields: [(type: UInt8, text: Slice<UnsafeRawBufferPointer>)] = []

    /// Nil where the body is anything else, or names a field twice.
    init?(_ body: UnsafeRawBufferPointer) {
        var index = 0
        while index < body.count, body[index] != 0 {
            let type = body[index]
            guard let end = body[(index + 1)...].firstIndex(of: 0), self[type] == nil else { return nil }
            fields.append((type, body[(index + 1)..<end]))
            index = end + 1
        }
        guard index == body.count - 1 else { return nil }
    }

    subscript(type: UInt8) -> Slice<UnsafeRawBufferPointer>? {
        fields.first { $0.type == type }?.text
    }

    func has(_ type: Character) -> Bool {
        type.asciiValue.map { self[$0] != nil } ?? false
    }
}
