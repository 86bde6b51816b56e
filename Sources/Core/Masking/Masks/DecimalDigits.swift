/// A whole number of any size, not negative, by its decimal digits: the first is the largest, and no zero leads.
struct DecimalDigits: Comparable {
    /// Each 0 to 9; empty is zero.
    private(set) var digits: [UInt8]

    init(digits: [UInt8]) {
        self.digits = Array(digits.drop { $0 == 0 })
    }

    init(_ number: UInt64) {
        digits = String(number).utf8.map { $0 &- 0x30 }.drop { $0 == 0 }.map { $0 }
    }

    /// Nil unless there is a digit, and nothing else.
    init?(_ text: Slice<UnsafeRawBufferPointer>) {
        guard !text.isEmpty, text.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
        self.init(digits: text.map { $0 &- 0x30 })
    }

    var isZero: Bool { digits.isEmpty }

    /// `divisor` is 1 to 10^18.
    func remainder(by divisor: UInt64) -> UInt64 {
        digits.reduce(0) { ($0 * 10 + UInt64($1)) % divisor }
    }

    /// Takes away a number that is not larger.
    mutating func subtract(_ number: UInt64) {
        var rest = number
        var borrow: UInt64 = 0
        for index in digits.indices.reversed() {
            guard rest > 0 || borrow > 0 else { break }
            let taken = rest % 10 + borrow
            let digit = UInt64(digits[index])
            borrow = digit < taken ? 1 : 0
            digits[index] = UInt8(digit + borrow * 10 - taken)
            rest /= 10
        }
        self = DecimalDigits(digits: digits)
    }

    mutating func add(_ number: UInt64) {
        var carry = number
        for index in digits.indices.reversed() {
            guard carry > 0 else { return }
            carry += UInt64(digits[index])
            digits[index] = UInt8(carry % 10)
            carry /= 10
        }
        digits = DecimalDigits(carry).digits + digits
    }

    static func < (left: DecimalDigits, right: DecimalDigits) -> Bool {
        left.digits.count == right.digits.count
            ? left.digits.lexicographicallyPrecedes(right.digits)
            : left.digits.count < right.digits.count
    }
}
