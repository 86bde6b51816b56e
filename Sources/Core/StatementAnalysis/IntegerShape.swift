/// A text with its integers taken out: `… SET a = a + 17 WHERE id = 4` -> `… SET a = a + 0 WHERE id = 0`.
///
/// Two texts of one shape are the same tokens but for the values of integer constants, so they parse to the same tree
/// but for those. That is only said of texts where it needs no lexer of ours to be as good as the server's: plain ASCII
/// without quotes, `$`, backslashes, comments, and with integers of at most nine digits that stand apart from words
/// and dots. Any other text has no shape.
enum IntegerShape {
    /// Bytes of the longest text that has a shape.
    static let limit = AnalysisLimits.inline

    /// Calls `body` with the shape; nil where the text has none.
    static func with<R>(_ text: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> R?) -> R? {
        guard text.count <= limit else { return nil }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: text.count + 1) { shape in
            guard let count = write(text, into: shape) else { return nil }
            return body(UnsafeBufferPointer(rebasing: shape[..<count]))
        }
    }

    /// Writes the shape, which is never longer than the text; nil where there is none.
    private static func write(
        _ text: UnsafeBufferPointer<UInt8>,
        into shape: UnsafeMutableBufferPointer<UInt8>
    ) -> Int? {
        var count = 0
        var index = 0
        var before: UInt8 = 0x20
        while index < text.count {
            let byte = text[index]
            guard isPlain(byte), !isComment(before, byte) else { return nil }
            var end = index + 1
            if isDigit(byte), !isWord(before) {
                while end < text.count, isDigit(text[end]) { end += 1 }
                let after = end < text.count ? text[end] : 0x20
                guard end - index <= 9, before != 0x2E, after != 0x2E, !isWord(after) else { return nil }
            }
            shape[count] = end - index > 1 || (isDigit(byte) && !isWord(before)) ? 0x30 : byte
            count += 1
            before = text[end - 1]
            index = end
        }
        return count
    }

    /// Where the bytes of `first` at these places, which are sorted, stand in a text of the same shape; nil where the texts are of two
    /// shapes, or a place is inside of an integer.
    static func places(
        _ places: [Int],
        of first: UnsafeBufferPointer<UInt8>,
        in second: UnsafeBufferPointer<UInt8>
    ) -> [Int]? {
        let isOneShape = with(first) { shape in with(second) { shape.elementsEqual($0) } ?? false } ?? false
        guard isOneShape else { return nil }
        var found: [Int] = []
        found.reserveCapacity(places.count)
        var (here, there) = (0, 0)
        var before: UInt8 = 0x20
        for place in places {
            while here < place, here < first.count {
                let isInteger = isDigit(first[here]) && !isWord(before)
                (here, there) = (here + 1, there + 1)
                while isInteger, here < first.count, isDigit(first[here]) { here += 1 }
                while isInteger, there < second.count, isDigit(second[there]) { there += 1 }
                before = first[here - 1]
            }
            guard here == place else { return nil }
            found.append(there)
        }
        return found
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        isDigit(byte) || (byte | 0x20) &- 0x61 < 26 || byte == 0x5F
    }

    /// Printable ASCII and white space, but for quotes, `$`, backslash and backquote.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x22, 0x24, 0x27, 0x5C, 0x60: false
        case 0x20...0x7E, 0x09, 0x0A, 0x0D: true
        default: false
        }
    }

    private static func isComment(_ first: UInt8, _ second: UInt8) -> Bool {
        (first == 0x2D && second == 0x2D) || (first == 0x2F && second == 0x2A)
    }
}
