/// The sizes of a number's groups, as far as it takes to see whether they are even.
struct DigitGroups {
    private(set) var digits = 0
    private var sizes: (first: Int, second: Int, last: Int) = (0, 0, 0)
    private var count = 0
    private var areOfOneSize = true
    private var separator: UInt8 = 0

    /// False where there would be more than 19 digits.
    mutating func append(_ size: Int) -> Bool {
        guard digits + size <= 19 else { return false }
        if count >= 2, sizes.last != sizes.first { areOfOneSize = false }
        if count == 0 { sizes.first = size }
        if count == 1 { sizes.second = size }
        sizes.last = size
        digits += size
        count += 1
        return true
    }

    /// Whether this separates groups as those before did.
    mutating func accepts(_ byte: UInt8) -> Bool {
        if separator == 0 { separator = byte }
        return separator == byte
    }

    /// Every group but the last of one size and the last not larger, or 4-6-5 and 4-6-4.
    var isEven: Bool {
        if count == 3, sizes.first == 4, sizes.second == 6 { return sizes.last == 5 || sizes.last == 4 }
        return areOfOneSize && (count < 3 || sizes.second == sizes.first) && sizes.last <= sizes.first
    }
}
