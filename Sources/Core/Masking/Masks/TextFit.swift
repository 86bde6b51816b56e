internal import AccessModel

/// How text lies in a type: `character(n)` drops the padding before it is masked and gets it again afterwards, and
/// both kinds of limited text are cut to their length, as an explicit cast does.
struct TextFit: Sendable {
    private let limit: Int?
    private let isPadded: Bool

    init(_ kind: MaskedType.Kind) {
        switch kind {
        case .text(let limit): (self.limit, isPadded) = (limit, false)
        case .padded(let length): (limit, isPadded) = (length, true)
        case .uuid, .integer, .numeric, .date, .timestamp, .other: (limit, isPadded) = (nil, false)
        }
    }

    /// The value without its padding.
    func content(of value: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        guard isPadded else { return value }
        var end = value.count
        while end > 0, value[end - 1] == 0x20 { end -= 1 }
        return UnsafeRawBufferPointer(rebasing: value[..<end])
    }

    /// Cuts what was written from `start` on to the limit, in characters, and pads it.
    func apply(to masked: inout [UInt8], from start: Int) {
        guard let limit else { return }
        let (end, count) = masked.withUnsafeBytes { bytes in
            let written = UnsafeRawBufferPointer(rebasing: bytes[start...])
            let end = CodePoints.offset(of: limit, in: written)
            return (end, CodePoints.count(in: written, upTo: limit))
        }
        masked.removeSubrange((start + end)...)
        if isPadded { masked.append(contentsOf: repeatElement(0x20, count: limit - count)) }
    }
}
