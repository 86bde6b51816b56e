internal import HTTPTypes

/// Why a question to the gateway has no answer. Safe to print.
package enum ReadRefusal: Error, Hashable, Sendable {
    /// As many questions as may be asked at once are being answered.
    case busy
    /// It took longer than an answer may take.
    case tooSlow
    /// It makes no sense; in words for whoever asked.
    case invalid(String)
    /// It is not to be had yet; in words for whoever asked.
    case notYet(String)
    /// What would answer does not serve; in words for whoever asked, who is not told more than that.
    case unavailable(String)

    /// What an API or a page answers: 400, 409 and 503 (RFC 9110).
    var problem: Problem {
        switch self {
        case .busy:
            Problem(.serviceUnavailable, "too much is being asked at once: try again in a moment", retryAfter: 1)
        case .tooSlow:
            Problem(
                .serviceUnavailable,
                "this search takes too long: narrow it by `since` and `until`, or by another filter",
                retryAfter: 1
            )
        case .invalid(let why): Problem(.badRequest, why)
        case .notYet(let why): Problem(.conflict, why, retryAfter: 2)
        case .unavailable(let why): Problem(.serviceUnavailable, why, retryAfter: 5)
        }
    }
}
