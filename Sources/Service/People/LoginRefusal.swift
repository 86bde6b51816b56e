/// Why nobody was logged in. The words are for a page; the record has the cause.
package enum LoginRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// The answer belongs to no login that this browser began, or to one that is over.
    case unknownAttempt
    /// The provider said no: its error code, and nothing that it may have made up.
    case refusedByProvider(String)
    case providerFailed
    /// The token is not what was asked for: why, without its content.
    case badToken(String)
    /// It was to be a fresh login, and the provider's token tells of an older one.
    case notFresh
    case notAPerson
    case noProvider
    /// A command line's code that is not known, was used, is too old, or was shown without its verifier.
    case unknownCode
    /// A link that is not known, was used, or is too old.
    case unknownLink
    case tooMany
    case notRecorded

    package var description: String {
        switch self {
        case .unknownAttempt: "this login was not begun here, or took too long: begin again"
        case .refusedByProvider(let code): "the identity provider refused the login (\(code))"
        case .providerFailed: "the identity provider did not answer as it should: try again"
        case .badToken: "the identity provider's answer was not accepted"
        case .notFresh: "the identity provider does not say that you proved anew who you are: log in there again"
        case .notAPerson: "you are not among the people of this gateway: ask its administrator"
        case .noProvider:
            "this gateway has no identity provider: on its machine `countersign login-link` makes a link that logs in"
        case .unknownCode: "this code was used, is over, or is another program's: run `countersign login` again"
        case .unknownLink: "this link was used or is over: `countersign login-link` makes another"
        case .tooMany: "too many logins have been begun: try again later"
        case .notRecorded: "the ledger takes no records now, so nobody can log in"
        }
    }
}
