internal import AccessModel

/// Who an ID token names, by the claims that the configuration trusts.
struct LoginIdentity {
    var id: String
    var groups: Set<String>
    var aliases: Set<String>
    /// When they proved who they are to the provider, which may be long ago; nil where it does not say, or says what cannot
    /// be: before 1970, or later than now by more than a minute, as a provider does that counts milliseconds.
    var authenticated: Timestamp?

    init(_ identity: VerifiedIdentity, _ settings: LoginSettings, at now: Timestamp) throws(LoginRefusal) {
        guard let id = identity.claims[settings.personClaim]?.text, !id.isEmpty, id.utf8.count <= 256 else {
            throw .badToken("it has no claim \(settings.personClaim)")
        }
        // An address that its owner has not shown to be theirs names nobody.
        if settings.personClaim == "email", identity.claims["email_verified"]?.text == "false" {
            throw .badToken("its e-mail address is not verified")
        }
        self.id = id
        if case .integer(let seconds)? = identity.claims["auth_time"], seconds >= 0, seconds <= now.seconds + 60 {
            authenticated = Timestamp(seconds: seconds)
        }
        groups = Set(settings.groupsClaim.flatMap { identity.claims[$0] }.map(LoginIdentity.texts) ?? [])
        let names = ["preferred_username", "email", "sub", "nickname", "user_login"]
        aliases = Set(names.compactMap { identity.claims[$0]?.text } + [identity.principal.subject])
    }

    private static func texts(_ value: ClaimValue) -> [String] {
        switch value {
        case .array(let values): values.compactMap(\.text)
        default: value.text.map { [$0] } ?? []
        }
    }
}
