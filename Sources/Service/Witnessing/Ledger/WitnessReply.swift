/// What came back from a witness.
package struct WitnessReply: Hashable, Sendable {
    package var status: Int
    package var contentType: String?
    package var body: [UInt8]

    /// The type without what a proxy may have put behind it: `text/x.tlog.size; charset=utf-8`.
    var mediaType: String? {
        contentType?.split(separator: ";").first.map { $0.filter { $0 != " " }.lowercased() }
    }

    /// Bytes of a reply that are looked at: room for the cosignatures of many keys.
    package static let longest = 64 << 10

    package init(status: Int, contentType: String?, body: [UInt8]) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }
}
