/// One notification on its way: what identifies it, and what is sent.
///
/// In one array of bytes, for destinations take no more: the id, a newline, and the body.
struct Delivery {
    var id: String
    /// Of a webhook, in a header; empty for mail.
    var event: String
    var body: ArraySlice<UInt8>

    init?(_ bytes: [UInt8]) {
        guard let first = bytes.firstIndex(of: 0x0A), let second = bytes[(first + 1)...].firstIndex(of: 0x0A) else {
            return nil
        }
        id = String(decoding: bytes[..<first], as: UTF8.self)
        event = String(decoding: bytes[(first + 1)..<second], as: UTF8.self)
        body = bytes[(second + 1)...]
    }

    static func bytes(id: String, event: String, body: [UInt8]) -> [UInt8] {
        Array("\(id)\n\(event)\n".utf8) + body
    }
}
