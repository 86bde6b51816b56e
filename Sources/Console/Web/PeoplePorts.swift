package import AccessModel

/// What the console asks of people's logins; the composition root fills it.
package struct PeoplePorts: Sendable {
    /// Why nobody is logged in, in words for a page.
    package struct Refusal: Error, Hashable, Sendable {
        package var reason: String

        package init(_ reason: String) { self.reason = reason }
    }

    /// A session that a command line was given.
    package struct CommandLine: Hashable, Sendable {
        package var token: String
        package var person: String
        package var name: String
        package var expires: Timestamp

        package init(token: String, person: String, name: String, expires: Timestamp) {
            self.token = token
            self.person = person
            self.name = name
            self.expires = expires
        }
    }

    /// The console's address as browsers see it: `https://console.example.com`. Nil where nobody can log in.
    package var url: String?
    /// Whether an identity provider logs people in; else the links of the admin socket alone do.
    package var hasProvider: Bool
    /// Where to send a browser, and the cookie that it keeps meanwhile.
    package var begin:
        @Sendable (_ returnTo: String?, _ renewing: String?) async throws(Refusal) -> (url: String, browser: String)
    /// The session's secret, and the path to go on at.
    package var finish:
        @Sendable (_ state: String, _ code: String?, _ error: String?, _ browser: String?) async throws(Refusal) -> (
            session: String, returnTo: String
        )
    package var person: @Sendable (_ session: String) -> SignedInPerson?
    /// The same, where nobody did anything: a page that follows by itself. It does not make the session last.
    package var look: @Sendable (_ session: String) -> SignedInPerson?
    package var signOut: @Sendable (_ session: String) -> Void
    /// Gives a code for a command line whose challenge (RFC 7636) this is.
    package var handOver: @Sendable (_ session: String, _ challenge: String) throws(Refusal) -> String
    /// Exchanges such a code.
    package var redeem: @Sendable (_ code: String, _ verifier: String) throws(Refusal) -> CommandLine
    /// Whether a link of the local operator would serve, which spends nothing; and the session that it is good for.
    package var isOffered: @Sendable (_ link: String) -> Bool
    package var enter: @Sendable (_ link: String) throws(Refusal) -> String

    package init(
        url: String?,
        hasProvider: Bool = true,
        begin: @escaping @Sendable (String?, String?) async throws(Refusal) -> (url: String, browser: String),
        finish:
            @escaping @Sendable (String, String?, String?, String?) async throws(Refusal) -> (
                session: String, returnTo: String
            ),
        person: @escaping @Sendable (String) -> SignedInPerson?,
        look: (@Sendable (String) -> SignedInPerson?)? = nil,
        signOut: @escaping @Sendable (String) -> Void,
        handOver: @escaping @Sendable (String, String) throws(Refusal) -> String = PeoplePorts.refuse,
        redeem: @escaping @Sendable (String, String) throws(Refusal) -> CommandLine = PeoplePorts.refuse,
        isOffered: @escaping @Sendable (String) -> Bool = { _ in false },
        enter: @escaping @Sendable (String) throws(Refusal) -> String = PeoplePorts.refuse
    ) {
        self.url = url
        self.hasProvider = hasProvider
        self.begin = begin
        self.finish = finish
        self.person = person
        self.look = look ?? person
        self.signOut = signOut
        self.handOver = handOver
        self.redeem = redeem
        self.isOffered = isOffered
        self.enter = enter
    }

    package static func refuse<Answer>(_: String, _: String) throws(Refusal) -> Answer {
        throw Refusal("no login is configured")
    }

    package static func refuse(_: String) throws(Refusal) -> String { throw Refusal("no login is configured") }

    /// Nobody can log in.
    package static let none = PeoplePorts(
        url: nil,
        hasProvider: false,
        begin: { _, _ throws(Refusal) in throw Refusal("no login is configured") },
        finish: { _, _, _, _ throws(Refusal) in throw Refusal("no login is configured") },
        person: { _ in nil },
        signOut: { _ in }
    )

    /// Cookies are for TLS alone, except on a loopback address without it.
    var isSecure: Bool { url?.hasPrefix("https://") ?? true }
}
