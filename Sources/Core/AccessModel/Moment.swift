/// A moment as people write it: RFC 3339 (`2026-11-23T22:13:47Z`), a day (`2026-11-23`, UTC), or how long ago
/// (`90s`, `15m`, `8h`, `7d`).
package enum Moment: Hashable, Sendable {
    case at(Timestamp)
    /// From its first moment to its last.
    case day(Timestamp)
    case ago(Duration)

    /// A hundred years.
    private static let longest: Int64 = 100 * 366 * 86_400

    package init?(_ argument: String) {
        if let duration = Moment.duration(argument) {
            self = .ago(duration)
        } else if let moment = Timestamp(rfc3339: argument) {
            self = argument.utf8.count == 10 ? .day(moment) : .at(moment)
        } else {
            return nil
        }
    }

    /// `90s`, `15m`, `8h`, `7d`, `2w`; nil for anything else, and above a hundred years.
    package static func duration(_ text: String) -> Duration? {
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 7 * 86_400]
        let digits = text.dropLast()
        guard let unit = text.last.flatMap({ units[$0] }), digits.allSatisfy({ "0"..."9" ~= $0 }),
            let count = Int64(digits), count <= longest / unit
        else { return nil }
        return .seconds(count * unit)
    }

    /// The first moment that counts.
    package func beginning(now: Timestamp) -> Timestamp {
        switch self {
        case .at(let moment), .day(let moment): moment
        case .ago(let duration): now.advanced(by: .zero - duration)
        }
    }

    /// The first moment that counts no more: a day is meant whole, as the `expires` of a role is.
    package func end(now: Timestamp) -> Timestamp {
        switch self {
        case .at(let moment): moment
        case .day(let moment): moment.advanced(by: .seconds(86_400))
        case .ago(let duration): now.advanced(by: .zero - duration)
        }
    }
}
