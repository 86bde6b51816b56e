/// JSON web tokens in compact form: base64url parts with dots between, the first of a JSON object.
enum TokenForm {
    /// `tokenless` becomes the end of a run in which there is none, so that no run is read twice.
    static func end(in bytes: Bytes, at start: Int, tokenless: inout Int) -> Int? {
        var parts = 0
        var index = start
        var second = 0
        while parts < 5 {
            let end = bytes.end(from: index, while: ASCII.isBase64URL)
            if parts == 0, end - index < 10 { break }
            parts += 1
            if parts == 2 { second = index }
            index = end
            guard bytes[end] == 0x2E, parts < 5 else { break }
            index = end + 1
        }
        let isToken = parts == 5 || (parts >= 3 && bytes.has("eyJ", at: second))
        if !isToken { tokenless = max(index, start + 1) }
        return isToken ? index : nil
    }
}
