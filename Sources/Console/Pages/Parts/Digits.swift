/// Numbers for people.
enum Digits {
    /// `51,236`
    static func grouped(_ number: Int64) -> String {
        var digits = String(number.magnitude)
        var parts: [String] = []
        while digits.count > 3 {
            parts.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        return (number < 0 ? "-" : "") + ([digits] + parts).joined(separator: ",")
    }

    static func grouped(_ json: PageJSON) -> String? { json.number.map(grouped) }

    /// `1 row`, `1,000 rows`
    static func counted(_ number: Int64, _ one: String, _ many: String? = nil) -> String {
        "\(grouped(number)) \(number == 1 ? one : many ?? one + "s")"
    }

    /// `812 µs`, `1.5 ms`, `12 s`, `3 min`
    static func duration(microseconds: Int64) -> String {
        switch microseconds {
        case ..<1000: "\(microseconds) µs"
        case ..<10_000: "\(microseconds / 1000).\(microseconds % 1000 / 100) ms"
        default: duration(milliseconds: microseconds / 1000)
        }
    }

    static func duration(milliseconds: Int64) -> String {
        switch milliseconds {
        case ..<1000: "\(milliseconds) ms"
        case ..<10_000:
            milliseconds % 1000 == 0
                ? "\(milliseconds / 1000) s" : "\(milliseconds / 1000).\(milliseconds % 1000 / 100) s"
        default: duration(seconds: milliseconds / 1000)
        }
    }

    static func duration(seconds: Int64) -> String {
        switch seconds {
        case ..<120: "\(seconds) s"
        case ..<7200: seconds % 60 == 0 ? "\(seconds / 60) min" : "\(seconds / 60) min \(seconds % 60) s"
        case ..<172_800: seconds % 3600 < 60 ? "\(seconds / 3600) h" : "\(seconds / 3600) h \(seconds % 3600 / 60) min"
        default: "\(seconds / 86_400) days"
        }
    }
}
