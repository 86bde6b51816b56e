internal import AccessModel

/// What the API answers where it does not do what was asked.
enum APIRefusals {
    struct Refusal: Sendable {
        var status: Int
        var description: String
        var hasRetryAfter: Bool
    }

    static let all = [
        Refusal(
            status: 400,
            description: "A parameter or a field is not known, is there twice, or is no such value.",
            hasRetryAfter: false
        ),
        Refusal(status: 401, description: "Nobody is logged in, or the token is over.", hasRetryAfter: false),
        Refusal(
            status: 403,
            description: "You may not do this; or the form is of another site or session.",
            hasRetryAfter: false
        ),
        Refusal(
            status: 404,
            description: "There is no such thing, or none that is shown to you.",
            hasRetryAfter: false
        ),
        Refusal(status: 408, description: "The body came too slowly.", hasRetryAfter: false),
        Refusal(
            status: 409,
            description: "Not as things stand: it is over, or it is not to be had yet.",
            hasRetryAfter: true
        ),
        Refusal(status: 413, description: "The body is too large.", hasRetryAfter: false),
        Refusal(status: 422, description: "Nobody could approve this: why not.", hasRetryAfter: false),
        Refusal(status: 429, description: "You ask too often.", hasRetryAfter: true),
        Refusal(
            status: 503,
            description: "Too much is asked at once, it takes too long, or what would answer does not serve.",
            hasRetryAfter: true
        ),
    ]
}

extension JSONBytes {
    /// `"400":{…}`
    mutating func append(_ refusal: APIRefusals.Refusal) {
        append("\(refusal.status)")
        appendRaw(":{")
        member("description")
        append(refusal.description)
        if refusal.hasRetryAfter {
            member("headers")
            appendRaw(
                "{\"Retry-After\":{\"description\":\"Seconds, where it is known.\",\"schema\":{\"type\":\"integer\"}}}"
            )
        }
        member("content")
        appendRaw("{\"application/problem+json\":{\"schema\":{\"$ref\":\"#/components/schemas/Problem\"}}}}")
    }
}
