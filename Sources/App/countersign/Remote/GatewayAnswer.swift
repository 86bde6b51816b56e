internal import AccessModel

/// An answer of the running gateway, by whichever way it was asked.
struct GatewayAnswer {
    var status: UInt
    var body: [UInt8]
    /// Seconds after which it is worth asking again, where the gateway says so (RFC 9110 section 10.2.3).
    var retryAfter: Int?

    /// Nil where the body is not a JSON object.
    var members: JSONMembers? { JSONMembers(body) }

    /// Why something was refused: in the words of the admin socket, or of a problem (RFC 9457).
    var refusal: String? { members.flatMap { $0.string("error") ?? $0.string("detail") }?.onOneLine }
}
