/// A value's bytes, with a zero at every place outside.
struct Bytes {
    private let base: UnsafeRawBufferPointer
    let count: Int

    init(_ base: UnsafeRawBufferPointer) {
        self.base = base
        count = base.count
    }

    subscript(index: Int) -> UInt8 {
        index >= 0 && index < count ? base[index] : 0
    }

    func has(_ text: StaticString, at index: Int) -> Bool {
        guard index >= 0, text.utf8CodeUnitCount <= count - index else { return false }
        return text.withUTF8Buffer { text in
            for offset in 0..<text.count where base[index + offset] != text[offset] { return false }
            return true
        }
    }

    /// The same without regard to the case of ASCII letters; `text` is in lower case.
    func hasWord(_ text: StaticString, at index: Int) -> Bool {
        guard index >= 0, text.utf8CodeUnitCount <= count - index else { return false }
        return text.withUTF8Buffer { text in
            for offset in 0..<text.count where ASCII.lower(base[index + offset]) != text[offset] { return false }
            return true
        }
    }

    /// The end of the bytes from `start` on that are of the kind; `limit` is how many are looked at.
    @inline(__always)
    func end(from start: Int, limit: Int = .max, while isOfKind: (UInt8) -> Bool) -> Int {
        let stop = limit < count - start ? start + limit : count
        var index = start
        while index < stop, isOfKind(base[index]) { index += 1 }
        return index
    }
}
