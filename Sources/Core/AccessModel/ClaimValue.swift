/// A value of a verified claim, as JSON had it.
package indirect enum ClaimValue: Hashable, Sendable {
    case string(String)
    case integer(Int64)
    case number(Double)
    case boolean(Bool)
    case null
    case array([ClaimValue])
    case object([String: ClaimValue])

    /// The text that a binding compares: issuers disagree on whether an id is a number or a string
    /// (reference: GitLab's `runner_id`), so a number is compared by its decimal form. Nil for null, arrays, objects.
    package var text: String? {
        switch self {
        case .string(let value): value
        case .integer(let value): String(value)
        case .number(let value): String(value)
        case .boolean(let value): value ? "true" : "false"
        case .null, .array, .object: nil
        }
    }
}
