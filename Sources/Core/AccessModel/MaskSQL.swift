/// The pieces of which the expressions of masks are made.
struct MaskSQL {
    /// The masked column, of its own type.
    private let column: String
    /// The masked column as text.
    private let value: String

    init(_ column: String) {
        self.column = "(\(column))"
        value = "(\(column))::pg_catalog.text"
    }

    // MARK: - Text

    func text(_ method: MaskMethod, _ keys: MaskKeySource?) -> String? {
        switch method {
        case .redact: stars
        case .email: email
        case .last4: partial(0, 4)
        case .partial(let first, let last): partial(first, last)
        case .hash: keys.map { joined(nothing, digest($0)) }
        case .null, .year, .round: nil
        }
    }

    /// `''` with the column's collation, and NULL where the column is.
    private var nothing: String {
        "pg_catalog.left(\(value), 0)"
    }

    private var stars: String {
        joined(nothing, MaskSQL.stars)
    }

    private static let stars = "'\(MaskMethod.stars)'::pg_catalog.text"

    private func joined(_ parts: String...) -> String {
        parts.joined(separator: " OPERATOR(pg_catalog.||) ")
    }

    private func partial(_ first: Int, _ last: Int) -> String? {
        guard (0...64).contains(first), (0...64).contains(last) else { return nil }
        let shown = joined("pg_catalog.left(\(value), \(first))", MaskSQL.stars, "pg_catalog.right(\(value), \(last))")
        let isLong = "pg_catalog.char_length(\(value)) OPERATOR(pg_catalog.>=) \(2 * (first + last))"
        return "CASE WHEN \(isLong) THEN \(shown) ELSE \(stars) END"
    }

    /// Collation "C" where characters are compared: another might take different ones for equal, or refuse.
    private var email: String {
        let tail = "pg_catalog.strpos(pg_catalog.reverse(\(value)) COLLATE pg_catalog.\"C\", '@'::pg_catalog.text)"
        let domain = "pg_catalog.right(\(value), \(tail) OPERATOR(pg_catalog.-) 1)"
        let rest = "pg_catalog.translate(\(domain), '\(MaskSQL.domain)'::pg_catalog.text, ''::pg_catalog.text)"
        let conditions = [
            "\(tail) OPERATOR(pg_catalog.>=) 2", "\(tail) OPERATOR(pg_catalog.<=) 254",
            "\(tail) OPERATOR(pg_catalog.<) pg_catalog.char_length(\(value))",
            "pg_catalog.octet_length(\(rest)) OPERATOR(pg_catalog.=) 0",
        ]
        let shown = joined(
            "pg_catalog.left(\(value), 1)",
            MaskSQL.stars,
            "pg_catalog.right(\(value), \(tail))"
        )
        return "CASE WHEN \(conditions.joined(separator: " AND ")) THEN \(shown) ELSE \(stars) END"
    }

    private static let domain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-"

    /// HMAC by the two hashes that it is made of: the server has no function for it without an extension.
    func digest(_ keys: MaskKeySource) -> String {
        let bytes = "pg_catalog.convert_to(\(value), 'UTF8'::pg_catalog.name)"
        let inner = "pg_catalog.sha256(\(joined("(\(keys.inner))", bytes)))"
        let outer = "pg_catalog.sha256(\(joined("(\(keys.outer))", inner)))"
        return "pg_catalog.left(pg_catalog.encode(\(outer), 'hex'::pg_catalog.text), 32)"
    }

    // MARK: - Moments

    private static let year = "'year'::pg_catalog.text"
    /// Whole years that both dates and timestamps have.
    private static let firstYear = "pg_catalog.make_date(-4713, 1, 1)"
    private static let lastYear = "pg_catalog.make_date(294276, 1, 1)"

    var yearOfDate: String {
        let day = inside { $0 }
        return finite("pg_catalog.date_trunc(\(MaskSQL.year), \(day)::pg_catalog.timestamp)::pg_catalog.date")
    }

    var yearOfTimestamp: String {
        finite("pg_catalog.date_trunc(\(MaskSQL.year), \(inside { "\($0)::pg_catalog.timestamp" }))")
    }

    /// The session's time zone must have no part in it: whoever sets it near the turn of a year would learn the hour.
    var yearOfZonedTimestamp: String {
        let moment = utc(inside { utc("\($0)::pg_catalog.timestamp") })
        return finite(utc("pg_catalog.date_trunc(\(MaskSQL.year), \(moment))"))
    }

    private func utc(_ moment: String) -> String {
        "pg_catalog.timezone('UTC'::pg_catalog.text, \(moment))"
    }

    /// The nearest moment of a year that is whole: an error would tell that a value is at the end of what there is.
    private func inside(_ bound: (String) -> String) -> String {
        "LEAST(GREATEST(\(column), \(bound(MaskSQL.firstYear))), \(bound(MaskSQL.lastYear)))"
    }

    private func finite(_ expression: String) -> String {
        "CASE WHEN pg_catalog.isfinite(\(column)) THEN \(expression) ELSE \(column) END"
    }

    // MARK: - Numbers

    /// `maximum` is the largest whole number of the type, nil where there is none.
    func rounded(_ multiple: Int, maximum: String?) -> String? {
        guard (1...1_000_000_000_000_000).contains(multiple) else { return nil }
        let number = "\(column)::pg_catalog.numeric"
        let step = "'\(multiple)'::pg_catalog.numeric"
        let rest = "pg_catalog.mod(\(number), \(step))"
        let below = "pg_catalog.trunc(\(number) OPERATOR(pg_catalog.-) \(rest))"
        var isUp =
            "pg_catalog.abs(\(rest)) OPERATOR(pg_catalog.*) '2'::pg_catalog.numeric OPERATOR(pg_catalog.>=) \(step)"
        if let maximum {
            let next = "pg_catalog.abs(\(below)) OPERATOR(pg_catalog.+) \(step)"
            isUp = "(\(isUp)) AND (\(next)) OPERATOR(pg_catalog.<=) '\(maximum)'::pg_catalog.numeric"
        }
        let up = "\(below) OPERATOR(pg_catalog.+) (pg_catalog.sign(\(number)) OPERATOR(pg_catalog.*) \(step))"
        // A number less itself is zero, but for NaN and infinity.
        let isNumber = "\(number) OPERATOR(pg_catalog.-) \(number) OPERATOR(pg_catalog.=) '0'::pg_catalog.numeric"
        return "CASE WHEN \(isNumber) THEN CASE WHEN \(isUp) THEN \(up) ELSE \(below) END ELSE \(number) END"
    }
}
