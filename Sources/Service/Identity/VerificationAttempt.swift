/// What came of a token and one issuer's keys.
struct VerificationAttempt: Sendable {
    let state: IssuerState
    /// The keys that were tried; nil where there are none that may be used.
    private var tried: KeyCache.Loaded?
    private var match: KeyRing.Match?

    /// With the keys at hand.
    init(_ token: CompactToken, _ state: IssuerState) {
        self.state = state
        tried = state.keys.atHand
        match = tried?.ring.match(token)
    }

    var hasKeys: Bool {
        tried != nil
    }

    var isVerified: Bool {
        match == .verified
    }

    /// Waits for keys where none were at hand.
    mutating func load(_ token: CompactToken) async {
        guard !hasKeys else { return }
        tried = await state.keys.current(staleBound: state.issuer.staleBound)
        match = tried?.ring.match(token)
    }

    /// Tries newer keys, if there are any: the issuer may have rotated, and some reuse the `kid` for another key.
    mutating func retry(_ token: CompactToken) async {
        guard let former = tried,
            let newer = await state.keys.newer(than: former, staleBound: state.issuer.staleBound)
        else { return }
        tried = newer
        match = newer.ring.match(token)
    }

    /// The refusal of a token that nobody's keys verified: by what an operator can act on soonest.
    static func refusal(of attempts: [VerificationAttempt], _ token: CompactToken) -> TokenRefusal {
        let name = attempts.first?.state.issuer.name
        let matches = attempts.map(\.match)
        let keyID = token.header.keyID.map { "kid `\(SafeText.excerpt($0))`" } ?? "no kid"
        let algorithm = token.header.algorithm.rawValue
        if matches.contains(nil) {
            return TokenRefusal(.keysUnavailable, "the issuer's keys could not be loaded", issuer: name)
        }
        if matches.contains(.badSignature) {
            return TokenRefusal(.badSignature, "the signature is not of the key with \(keyID)", issuer: name)
        }
        if matches.contains(.keyMismatch) {
            return TokenRefusal(.keyMismatch, "the key with \(keyID) is not for \(algorithm)", issuer: name)
        }
        return TokenRefusal(.unknownKey, "the issuer has no usable key with \(keyID)", issuer: name)
    }
}
