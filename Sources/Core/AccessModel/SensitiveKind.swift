/// What a detector looks for in values; the raw value is its name in the configuration and in records.
package enum SensitiveKind: String, Hashable, Sendable, CaseIterable {
    /// Card numbers.
    case card
    case iban, email
    case nationalID = "national_id"
    case jwt
    case privateKey = "private_key"
    case cloudKey = "cloud_key"
}
