package import AccessModel

/// The three members with which every record begins: `{"id":"…","index":N,"time":"…"`.
package struct RecordOpening: Hashable, Sendable {
    package var id: ULID
    package var index: UInt64
    package var time: Timestamp

    /// Nil when the line does not begin so, byte for byte.
    package init?(_ line: some Collection<UInt8>) {
        let text = String(decoding: line.prefix(120), as: UTF8.self)
        guard text.hasPrefix("{\"id\":\"") else { return nil }
        var rest = text.dropFirst(7)
        guard let id = ULID(rest.prefix(26)) else { return nil }
        rest = rest.dropFirst(26)
        guard rest.hasPrefix("\",\"index\":") else { return nil }
        rest = rest.dropFirst(10)
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        guard let index = UInt64(digits), String(index) == digits else { return nil }
        rest = rest.dropFirst(digits.count)
        guard rest.hasPrefix(",\"time\":\"") else { return nil }
        rest = rest.dropFirst(9)
        guard let time = Timestamp(rfc3339: String(rest.prefix(27))), rest.dropFirst(27).first == "\"" else {
            return nil
        }
        self.id = id
        self.index = index
        self.time = time
    }
}
