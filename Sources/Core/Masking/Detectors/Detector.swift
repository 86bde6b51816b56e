/// A kind of secret that is found in values by its form, whatever column they stand in. The raw value is its name in
/// configuration.
package enum Detector: String, Hashable, Sendable, CaseIterable {
    case card, iban, email
    case nationalID = "national_id"
    case jwt
    case privateKey = "private_key"
    case cloudKey = "cloud_key"
}
