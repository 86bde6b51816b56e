/// A cursor over the digits and signs of a moment.
struct DigitReader {
    private let bytes: UnsafeRawBufferPointer
    private var index = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { index == bytes.count }

    /// As many digits as there are; nil where that is not within `digits`, which ends at 9 or before.
    mutating func number(digits: ClosedRange<Int>) -> Int? {
        let start = index
        var number = 0
        while index < bytes.count, bytes[index] &- 0x30 < 10 {
            guard index - start < digits.upperBound else { return nil }
            number = number * 10 + Int(bytes[index] &- 0x30)
            index += 1
        }
        return index - start >= digits.lowerBound ? number : nil
    }

    mutating func take(_ byte: UInt8) -> Bool {
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    mutating func take(_ byte: UInt8, before next: ClosedRange<UInt8>) -> Bool {
        guard index + 1 < bytes.count, next.contains(bytes[index + 1]) else { return false }
        return take(byte)
    }

    mutating func take(_ text: StaticString) -> Bool {
        let end = index + text.utf8CodeUnitCount
        guard end <= bytes.count else { return false }
        let isThere = text.withUTF8Buffer { $0.elementsEqual(bytes[index..<end]) }
        if isThere { index = end }
        return isThere
    }

    /// `hh:mm:ss` in seconds.
    mutating func clock() -> Int? {
        guard let hour = number(digits: 2...2), hour <= 24, take(0x3A), let minute = number(digits: 2...2), minute < 60,
            take(0x3A), let second = number(digits: 2...2), second <= 60
        else { return nil }
        return hour * 3600 + minute * 60 + second
    }

    /// `hh`, `hh:mm` or `hh:mm:ss` in seconds; zones of more than a day are said as such.
    mutating func offset() -> Int? {
        guard let hours = number(digits: 2...3), hours <= 168 else { return nil }
        var seconds = hours * 3600
        for unit in [60, 1] where take(0x3A) {
            guard let part = number(digits: 2...2), part < 60 else { return nil }
            seconds += part * unit
        }
        return seconds
    }
}
