/// One pass over a value: detectors are asked only where a word begins, at an `@`, and at a dash.
///
/// Costs 1.5 to 7 ns of CPU a byte (long words to dense numbers; prose 4), some 60 ns for a name. What a word must pass
/// first is inlined here; the forms themselves are kept out of line, or the loop's state would not stay in registers.
struct ValueScan {
    private let bytes: Bytes
    private let detectors: DetectorSet
    private var found: [Finding] = []
    /// Up to where no token begins: its run of characters was read, and is none.
    private var tokenless = 0

    init(_ bytes: Bytes, _ detectors: DetectorSet) {
        self.bytes = bytes
        self.detectors = detectors
    }

    consuming func findings() -> [Finding] {
        scan()
        return found
    }

    private mutating func scan() {
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            let isWord = ASCII.isWord(byte)
            if isWord || byte == 0x40 || byte == 0x2D, let finding = finding(at: index, byte) {
                found.append(finding)
                index = finding.range.upperBound
                guard ASCII.isWord(bytes[index - 1]) else { continue }
            } else {
                index += 1
                guard isWord else { continue }
            }
            index = bytes.end(from: index, while: ASCII.isWord)
        }
    }

    private mutating func finding(at index: Int, _ byte: UInt8) -> Finding? {
        if ASCII.isDigit(byte) { return number(at: index) }
        if byte == 0x40 { return email(at: index) }
        guard byte == 0x2D else { return word(at: index, byte) }
        guard has(.privateKey), let end = PrivateKeyForm.end(in: bytes, at: index) else { return nil }
        return Finding(kind: .privateKey, range: index..<end)
    }

    private func has(_ detector: DetectorSet) -> Bool {
        detectors.contains(detector)
    }

    private func number(at index: Int) -> Finding? {
        if has(.card), let end = CardForm.end(in: bytes, at: index) { return Finding(kind: .card, range: index..<end) }
        if has(.nationalID), let end = NationalNumber.end(in: bytes, at: index) {
            return Finding(kind: .nationalID, range: index..<end)
        }
        return nil
    }

    private mutating func word(at index: Int, _ byte: UInt8) -> Finding? {
        if byte == 0x65, has(.jwt), let end = token(at: index) { return Finding(kind: .jwt, range: index..<end) }
        if byte == 0x41, has(.privateKey), let end = PrivateKeyForm.ageEnd(in: bytes, at: index) {
            return Finding(kind: .privateKey, range: index..<end)
        }
        if has(.cloudKey), let end = CloudKeyForm.end(in: bytes, at: index) {
            return Finding(kind: .cloudKey, range: index..<end)
        }
        if has(.iban), let end = IBANForm.end(in: bytes, at: index) { return Finding(kind: .iban, range: index..<end) }
        if has(.nationalID), let end = NationalWord.end(in: bytes, at: index) {
            return Finding(kind: .nationalID, range: index..<end)
        }
        return nil
    }

    private mutating func token(at index: Int) -> Int? {
        guard index >= tokenless, bytes.has("eyJ", at: index) else { return nil }
        return TokenForm.end(in: bytes, at: index, tokenless: &tokenless)
    }

    private func email(at index: Int) -> Finding? {
        guard has(.email), let range = EmailForm.range(in: bytes, at: index, from: found.last?.range.upperBound ?? 0)
        else {
            return nil
        }
        return Finding(kind: .email, range: range)
    }
}
