internal import AccessModel

/// The first and the last characters, with `***` between; only `***` where that would show more than half.
struct PartialMask: Sendable {
    let first: Int
    let last: Int

    func append(_ value: UnsafeRawBufferPointer, to masked: inout [UInt8]) {
        let needed = 2 * (first + last)
        let isLong = CodePoints.count(in: value, upTo: needed) == needed
        if isLong { masked.append(contentsOf: value[..<CodePoints.offset(of: first, in: value)]) }
        masked.append(contentsOf: MaskMethod.stars.utf8)
        if isLong { masked.append(contentsOf: value[CodePoints.offset(ofLast: last, in: value)...]) }
    }
}
