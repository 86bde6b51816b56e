package import AccessModel
import Crypto
import Synchronization

/// Verifies the tokens of trusted issuers. Safe to use from many sessions at once.
package final class TokenVerifier: Sendable {
    private let ports: IdentityPorts
    private let states: Mutex<[IssuerState]>

    package init(issuers: [TrustedIssuer], ports: IdentityPorts) {
        self.ports = ports
        states = Mutex(issuers.map { IssuerState($0, ports: ports) })
    }

    /// Says who presents a token, a JWS in compact form, or refuses it. May wait for the issuer's keys, at most as
    /// long as the `fetch` port waits, twice.
    package func verify(_ token: [UInt8]) async throws(TokenRefusal) -> VerifiedIdentity {
        let states = states.withLock { $0 }
        let parsed = try CompactToken(token, limit: states.map(\.issuer.maxTokenBytes).max() ?? 0)
        let candidates = try candidates(for: parsed, among: states)
        return try await verify(parsed, digest: TokenVerifier.digest(token), by: candidates)
    }

    /// Takes a new configuration. Issuers of the same name keep their keys and their replay guard where these are still
    /// the same issuer's; key files are read again. A verification that is under way ends by the former configuration.
    package func update(issuers: [TrustedIssuer]) {
        states.withLock { states in
            let former = Dictionary(states.map { ($0.issuer.name, $0) }, uniquingKeysWith: { first, _ in first })
            states = issuers.map { issuer in
                former[issuer.name].map { IssuerState(issuer, after: $0, ports: ports) }
                    ?? IssuerState(issuer, ports: ports)
            }
        }
    }

    /// Loads the keys that are missing or old. Call it at the start and then at least every minute: then no session
    /// waits for keys, and `refreshStatus` is of now.
    package func refreshKeys() async {
        let states = states.withLock { $0 }
        await withTaskGroup { group in
            for state in states {
                group.addTask { await state.keys.refresh() }
            }
        }
    }

    /// How it stands with each issuer's keys, in the order of the configuration.
    package func refreshStatus() -> [IssuerStatus] {
        states.withLock { $0 }.map { $0.keys.status(staleBound: $0.issuer.staleBound) }
    }

    /// The issuers that may have signed this token: by `iss`, size and algorithm, before any key is looked at.
    private func candidates(
        for token: CompactToken,
        among states: [IssuerState]
    ) throws(TokenRefusal) -> [IssuerState] {
        let url = try RegisteredClaims.issuer(token.claims)
        let named = states.filter { SafeText.isSame($0.issuer.url, url) }
        guard let first = named.first else {
            throw TokenRefusal(.unknownIssuer, "no issuer is configured as `\(SafeText.excerpt(url))`")
        }
        let roomy = named.filter { token.size <= $0.issuer.maxTokenBytes }
        guard !roomy.isEmpty else {
            throw TokenRefusal(.tooLarge, "the token has \(token.size) bytes", issuer: first.issuer.name)
        }
        let allowed = roomy.filter { $0.issuer.algorithms.contains(token.header.algorithm) }
        guard !allowed.isEmpty else {
            let name = token.header.algorithm.rawValue
            throw TokenRefusal(.algorithmNotAllowed, "alg \(name) is not allowed here", issuer: first.issuer.name)
        }
        return allowed
    }

    private func verify(
        _ token: CompactToken,
        digest: String,
        by candidates: [IssuerState]
    ) async throws(TokenRefusal) -> VerifiedIdentity {
        var attempts = candidates.map { VerificationAttempt(token, $0) }
        // An issuer that answers slowly does not hold up the tokens of another with the same `iss`.
        if case .success(let identity)? = accept(token, digest, attempts) { return identity }
        for index in attempts.indices {
            await attempts[index].load(token)
        }
        // Another cluster's token must not cost a load of this one's keys: only when nobody's keys fit are newer asked.
        if !attempts.contains(where: \.isVerified) {
            for index in attempts.indices {
                await attempts[index].retry(token)
            }
        }
        guard let result = accept(token, digest, attempts) else {
            throw VerificationAttempt.refusal(of: attempts, token)
        }
        return try result.get()
    }

    /// What the first issuer says that verified the token and accepts it, or else the first that verified it. Nil
    /// where none verified it.
    private func accept(
        _ token: CompactToken,
        _ digest: String,
        _ attempts: [VerificationAttempt]
    ) -> Result<VerifiedIdentity, TokenRefusal>? {
        var refusal: TokenRefusal?
        for attempt in attempts where attempt.isVerified {
            do throws(TokenRefusal) {
                return .success(try attempt.state.accept(token, digest: digest, at: ports.now()))
            } catch {
                refusal = refusal ?? error
            }
        }
        return refusal.map { .failure($0) }
    }

    private static func digest(_ token: [UInt8]) -> String {
        let digits = SHA256.hash(data: token).flatMap {
            [JSONBytes.hexDigit($0 >> 4), JSONBytes.hexDigit($0 & 15)]
        }
        return String(decoding: digits, as: UTF8.self)
    }
}
