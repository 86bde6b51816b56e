/// The masks in SQL. Every name is qualified, so that no search path and no function of a user can take its place, and
/// each expression reads `column` and nothing else. Length, kind of NULL and collation are the column's.
extension MaskMethod {
    /// What stands for what must not be seen.
    package static let stars = "***"

    /// Whether a column of this type can be masked this way.
    package func isApplicable(to type: String) -> Bool {
        expression(column: "c", type: type, key: .settings) != nil
    }

    /// The masked value of a column in SQL, of the column's own type; nil where the method does not fit the type, or
    /// `hash` is given no keys.
    ///
    /// `column` is an expression, quoted and qualified by the caller; `type` is the type's name as `format_type` writes
    /// it with an empty search path. Characters are Unicode code points. NULL stays NULL: that there is no value is
    /// shown by every method but `null`. Text that does not fit the column's length is cut to it.
    ///
    /// - `null`, of any type: NULL.
    /// - `redact`, of text: `***`.
    /// - `email`, of text: the first character, `***`, and what stands from the last `@` on: `a***@example.com`. Where
    ///   that is not a domain (1 to 253 of `A-Z a-z 0-9 . -`), or nothing stands before it: `***`.
    /// - `last4`, of text: `***` and the last four characters; of a value shorter than eight: `***`.
    /// - `partial(a, b)`, of text: the first a characters, `***`, the last b; where that would show more than half of
    ///   the value (it is shorter than 2(a + b)): `***`. Each of a, b is 0 to 64.
    /// - `hash`, of text and uuid: the first 32 hexadecimal digits of HMAC-SHA-256 over the value's text in UTF-8
    ///   (without the padding of `character(n)`), in a uuid's form for a uuid.
    /// - `year`, of date and timestamps: the first moment of its year, in UTC for one with a time zone. One outside of
    ///   4713 BC to AD 294276 is taken as the nearest inside; infinity stays.
    /// - `round(n)`, of integers and numeric of a scale not below 0: the nearest multiple of n, halves away from zero;
    ///   where the type cannot hold that, the one nearer to zero. n is 1 to 10^15; NaN and infinity stay.
    package func expression(column: String, type: String, keys: MaskKeys?) -> String? {
        expression(column: column, type: type, key: keys.map { .text($0) })
    }

    /// The same, with the key of `hash` from `key`.
    package func expression(column: String, type: String, key keys: MaskKeySource?) -> String? {
        let type = MaskedType(type)
        let masked: String? =
            switch (self, type.kind) {
            case (.null, _): "NULL"
            case (.hash, .uuid): keys.map { MaskSQL(column).digest($0) }
            case (_, .text), (_, .padded): MaskSQL(column).text(self, keys)
            case (.year, .date): MaskSQL(column).yearOfDate
            case (.year, .timestamp(hasZone: false)): MaskSQL(column).yearOfTimestamp
            case (.year, .timestamp(hasZone: true)): MaskSQL(column).yearOfZonedTimestamp
            case (.round(let multiple), .integer(let maximum)): MaskSQL(column).rounded(multiple, maximum: "\(maximum)")
            case (.round(let multiple), .numeric(let precision)):
                MaskSQL(column).rounded(multiple, maximum: precision.map(\.maximum))
            default: nil
            }
        return masked.map { "(\($0))::\(type.sql)" }
    }
}

extension MaskedType.Precision {
    /// The largest whole number that fits: `999` of `numeric(5,2)`.
    var maximum: String {
        digits > scale ? String(repeating: "9", count: digits - scale) : "0"
    }
}
