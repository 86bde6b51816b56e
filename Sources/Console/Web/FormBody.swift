internal import Hummingbird
internal import NIOCore

/// The fields of a form (`application/x-www-form-urlencoded`), at most 64 KiB of them and within ten seconds; of two of one
/// name the first.
struct FormBody {
    static let limit = 65_536
    static let time = Duration.seconds(10)

    private let fields: [String: String]

    /// Throws 400, 408 or 413.
    init(_ request: Request) async throws {
        let text = String(buffer: try await FormBody.bytes(of: request.body, limit: FormBody.limit))
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

    /// A body of at most `limit` bytes, whole within ten seconds.
    static func bytes(of body: RequestBody, limit: Int) async throws -> ByteBuffer {
        try await withThrowingTaskGroup(of: ByteBuffer?.self) { group in
            group.addTask { try await body.collect(upTo: limit) }
            group.addTask {
                try await Task.sleep(for: time)
                return nil
            }
            defer { group.cancelAll() }
            do {
                guard let bytes = try await group.next() ?? nil else {
                    throw Problem(.requestTimeout, "the body did not come in time")
                }
                return bytes
            } catch is NIOTooManyBytesError {
                throw Problem(.contentTooLarge, "the body is larger than \(limit) bytes")
            }
        }
    }

    subscript(name: String) -> String? { fields[name] }

    /// Nil where an escape is none, or what comes out is no UTF-8.
    static func decoded(_ text: Substring) -> String? {
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
