/// A database role of the test server, and how the server wants it to prove itself.
enum PostgresUser: String, Sendable, CaseIterable {
    /// Owns the sample data; SCRAM-SHA-256. The target credential of most tests.
    case orders = "countersign_orders"
    /// The same by MD5.
    case md5 = "countersign_md5"
    /// By a client certificate.
    case certificate = "countersign_cert"
    case trusted = "countersign_trust"
    /// The superuser, which the tests look with and the gateway never sees.
    case superuser = "postgres"

    var password: String { "secret of \(rawValue)" }
}
