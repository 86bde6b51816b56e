package import AccessModel

/// What the console asks of people's logins; the composition root fills it.
package struct PeoplePorts: Sendable {
    /// Why nobody is logged in, in words for a page.
    package struct Refusal: Error, Hashable, Sendable {
        package var reason: String

        package init(_ reason: String) { self.reason = reason }
    }

    /// The console's address as browsers see it: `https://console.example.com`. Nil where nobody can log in.
    package var url: String?
    /// Where to send a browser, and the cookie that it keeps meanwhile.
    package var begin:
        @Sendable (_ returnTo: String?, _ renewing: String?) async throws(Refusal) -> (url: String, browser: String)
    /// The session's secret, and the path to go on at.
    package var finish:
        @Sendable (_ state: String, _ code: String?, _ error: String?, _ browser: String?) async throws(Refusal) -> (
            session: String, returnTo: String
        )
    package var person: @Sendable (_ session: String) -> SignedInPerson?
    package var signOut: @Sendable (_ session: String) -> Void

    package init(
        url: String?,
        begin: @escaping @Sendable (String?, String?) async throws(Refusal) -> (url: String, browser: String),
        finish:
            @escaping @Sendable (String, String?, String?, String?) async throws(Refusal) -> (
                session: String, returnTo: String
            ),
        person: @escaping @Sendable (String) -> SignedInPerson?,
        signOut: @escaping @Sendable (String) -> Void
    ) {
        self.url = url
        self.begin = begin
        self.finish = finish
        self.person = person
        self.signOut = signOut
    }

    /// Nobody can log in.
    package static let none = PeoplePorts(
        url: nil,
        begin: { _, _ throws(Refusal) in throw Refusal("no login is configured") },
        finish: { _, _, _, _ throws(Refusal) in throw Refusal("no login is configured") },
        person: { _ in nil },
        signOut: { _ in }
    )

    /// Cookies are for TLS alone, except on a loopback address without it.
    var isSecure: Bool { url?.hasPrefix("https://") ?? true }
}
