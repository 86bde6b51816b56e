package import AccessModel

/// How it stands with an issuer's keys: for metrics and readiness.
package struct IssuerStatus: Hashable, Sendable {
    /// The issuer's name in the configuration.
    package var issuer: String
    /// Usable keys that are held.
    package var keys: Int
    /// When they were last loaded.
    package var loadedAt: Timestamp?
    /// When a load was last begun.
    package var attemptedAt: Timestamp?
    /// Why the last load failed; nil after one that did not.
    package var fault: KeySetFault?
    /// Whether a token of this issuer can verify now, without another load.
    package var isUsable: Bool
}
