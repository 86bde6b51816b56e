internal import AccessModel

/// The nearest multiple of a number, halves away from zero, of integers and decimals of any length.
struct RoundMask: Sendable {
    private let multiple: UInt64
    /// Zeros behind the point.
    private let scale: Int
    /// The largest whole number of the type; nil: there is none.
    private let maximum: DecimalDigits?
    private let isDecimal: Bool

    init?(_ multiple: Int, _ kind: MaskedType.Kind) {
        guard (1...1_000_000_000_000_000).contains(multiple) else { return nil }
        self.multiple = UInt64(multiple)
        switch kind {
        case .integer(let maximum):
            (scale, isDecimal) = (0, false)
            self.maximum = DecimalDigits(UInt64(maximum))
        case .numeric(let precision):
            (scale, isDecimal) = (precision?.scale ?? 0, true)
            maximum = precision.map { DecimalDigits(digits: Array(repeating: 9, count: $0.digits - $0.scale)) }
        case .text, .padded, .uuid, .date, .timestamp, .other: return nil
        }
    }

    /// False, with nothing appended, for what is not a number of the type.
    func append(_ value: UnsafeRawBufferPointer, to masked: inout [UInt8]) -> Bool {
        if isDecimal, ["NaN", "Infinity", "-Infinity"].contains(where: { value.elementsEqual($0.utf8) }) {
            masked.append(contentsOf: value)
            return true
        }
        let isNegative = value.first == 0x2D
        let unsigned = UnsafeRawBufferPointer(rebasing: value[(isNegative ? 1 : 0)...])
        let point = unsigned.firstIndex(of: 0x2E) ?? unsigned.count
        let fraction = unsigned[min(point + 1, unsigned.count)...]
        guard var digits = DecimalDigits(unsigned[..<point]),
            point == unsigned.count || (isDecimal && !fraction.isEmpty),
            fraction.allSatisfy({ $0 &- 0x30 < 10 })
        else { return false }
        round(&digits, isHalfOrMore: fraction.first.map { $0 >= 0x35 } ?? false)
        append(digits, isNegative: isNegative, to: &masked)
        return true
    }

    private func round(_ digits: inout DecimalDigits, isHalfOrMore: Bool) {
        let rest = digits.remainder(by: multiple)
        digits.subtract(rest)
        let missing = Int64(multiple) - 2 * Int64(rest)
        guard missing <= 0 || (missing == 1 && isHalfOrMore) else { return }
        var next = digits
        next.add(multiple)
        if maximum.map({ next <= $0 }) ?? true { digits = next }
    }

    private func append(_ digits: DecimalDigits, isNegative: Bool, to masked: inout [UInt8]) {
        if isNegative, !digits.isZero { masked.append(0x2D) }
        if digits.isZero { masked.append(0x30) }
        masked.append(contentsOf: digits.digits.lazy.map { $0 + 0x30 })
        guard scale > 0 else { return }
        masked.append(0x2E)
        masked.append(contentsOf: repeatElement(0x30, count: scale))
    }
}
