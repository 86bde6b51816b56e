internal import AccessModel
internal import HTTPTypes
internal import Hummingbird

/// An error of the API in the form of RFC 9457: `application/problem+json` with `title`, `status` and `detail`.
struct Problem: Error, HTTPResponseError {
    let status: HTTPResponse.Status
    let detail: String
    /// Seconds after which it is worth trying again; nil where it is not, or nobody knows.
    let retryAfter: Int?

    init(_ status: HTTPResponse.Status, _ detail: String, retryAfter: Int? = nil) {
        self.status = status
        self.detail = detail
        self.retryAfter = retryAfter
    }

    func response(from request: Request, context: some RequestContext) throws -> Response {
        response
    }

    var response: Response {
        var json = JSONBytes()
        json.appendRaw("{")
        json.member("type")
        json.append("about:blank")
        json.member("title")
        json.append(status.reasonPhrase.isEmpty ? "\(status.code)" : status.reasonPhrase)
        json.member("status")
        json.append(Int64(status.code))
        json.member("detail")
        json.append(detail)
        json.appendRaw("}")
        var response = Response.json(json, status: status)
        response.headers[.contentType] = "application/problem+json"
        if status == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer" }
        if let retryAfter { response.headers[.retryAfter] = "\(retryAfter)" }
        return response
    }
}
