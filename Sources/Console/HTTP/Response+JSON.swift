internal import AccessModel
internal import Hummingbird
internal import NIOCore

extension Response {
    /// A JSON document and a newline, so that it reads well in a terminal. Never cached: it is the state of a moment.
    static func json(_ json: JSONBytes, status: HTTPResponse.Status = .ok) -> Response {
        var body = ByteBuffer(bytes: json.bytes)
        body.writeInteger(UInt8(ascii: "\n"))
        return Response(
            status: status,
            headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: body)
        )
    }

    /// `{"error":"…"}`
    static func error(_ message: String, status: HTTPResponse.Status) -> Response {
        var json = JSONBytes()
        json.appendRaw("{")
        json.member("error")
        json.append(message)
        json.appendRaw("}")
        return .json(json, status: status)
    }
}
