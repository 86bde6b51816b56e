internal import AccessModel

/// The first moment of a value's year, of dates and timestamps in ISO form.
struct YearMask: Sendable {
    private let form: Form

    private enum Form: Sendable {
        case date, timestamp, timestampWithZone
    }

    init?(_ kind: MaskedType.Kind) {
        switch kind {
        case .date: form = .date
        case .timestamp(let hasZone): form = hasZone ? .timestampWithZone : .timestamp
        case .text, .padded, .uuid, .integer, .numeric, .other: return nil
        }
    }

    /// False, with nothing appended, for what is not of the form.
    func append(_ value: UnsafeRawBufferPointer, to masked: inout [UInt8]) -> Bool {
        if value.elementsEqual("infinity".utf8) || value.elementsEqual("-infinity".utf8) {
            masked.append(contentsOf: value)
            return true
        }
        guard let year = year(of: value) else { return false }
        append(year: min(max(year, -4712), 294_276), to: &masked)
        return true
    }

    private func year(of value: UnsafeRawBufferPointer) -> Int? {
        guard let moment = ISOMoment(value) else { return nil }
        switch form {
        case .date: return moment.time == nil ? moment.year : nil
        case .timestamp: return moment.time != nil && moment.offset == nil ? moment.year : nil
        case .timestampWithZone: return moment.utcYear
        }
    }

    private func append(year: Int, to masked: inout [UInt8]) {
        let shown = year > 0 ? year : 1 - year
        let digits = String(shown)
        masked.append(contentsOf: repeatElement(0x30, count: max(0, 4 - digits.utf8.count)))
        masked.append(contentsOf: digits.utf8)
        masked.append(contentsOf: "-01-01".utf8)
        switch form {
        case .date: break
        case .timestamp: masked.append(contentsOf: " 00:00:00".utf8)
        case .timestampWithZone: masked.append(contentsOf: " 00:00:00+00".utf8)
        }
        if year <= 0 { masked.append(contentsOf: " BC".utf8) }
    }
}
