internal import Hummingbird

/// The fields of a form (`application/x-www-form-urlencoded`), at most 64 KiB of them; of two of one name the first.
struct FormBody {
    static let limit = 65_536

    private let fields: [String: String]

    init(_ request: Request) async throws {
        let buffer = try await request.body.collect(upTo: FormBody.limit)
        let text = String(buffer: buffer)
        var fields: [String: String] = [:]
        for part in text.split(separator: "&") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = FormBody.decoded(pair[0]), let value = FormBody.decoded(pair.count > 1 ? pair[1] : "")
            else {
                throw Problem(.badRequest, "the form is not well-formed")
            }
            if fields[name] == nil { fields[name] = value }
        }
        self.fields = fields
    }

    subscript(name: String) -> String? { fields[name] }

    /// Nil where an escape is none, or what comes out is no UTF-8.
    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            case 0x2B: bytes.append(0x20)
            case 0x25:
                guard let digits = String(rest.prefix(2)), digits.utf8.count == 2, let value = UInt8(digits, radix: 16)
                else { return nil }
                bytes.append(value)
                rest.removeFirst(2)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
