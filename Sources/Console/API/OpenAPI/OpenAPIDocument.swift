internal import AccessModel
internal import Hummingbird
internal import NIOCore

/// The description of the API (OpenAPI 3.1.0), for `/api/v1/openapi.json` and docs/reference/openapi.json: a line for each
/// path and each schema.
enum OpenAPIDocument {
    static let text: [UInt8] = {
        var json = JSONBytes(reserving: 65_536)
        json.appendRaw(OpenAPIDocument.head.utf8)
        json.appendRaw("\"paths\":{")
        let paths = Dictionary(grouping: APIOperations.all, by: \.path).sorted { $0.key < $1.key }
        for (number, path) in paths.enumerated() {
            json.appendRaw(number == 0 ? "\n" : ",\n")
            json.append(path.key)
            json.appendRaw(":{")
            for (number, operation) in path.value.enumerated() {
                if number > 0 { json.appendRaw(",") }
                json.append(operation.method.rawValue)
                json.appendRaw(":")
                json.append(operation)
            }
            json.appendRaw("}")
        }
        json.appendRaw("\n},\n\"components\":{\"securitySchemes\":{")
        json.appendRaw(
            "\"bearer\":{\"type\":\"http\",\"scheme\":\"bearer\",\"description\":\"The secret of a session.\"},\n"
        )
        json.appendRaw(
            "\"job\":{\"type\":\"http\",\"scheme\":\"bearer\",\"description\":\"The token with which a job opens sessions.\"}},\n"
        )
        json.appendRaw("\"responses\":{")
        for (number, refusal) in APIRefusals.all.enumerated() {
            json.appendRaw(number == 0 ? "\n" : ",\n")
            json.append(refusal)
        }
        json.appendRaw("\n},\n\"schemas\":{")
        for (number, schema) in APISchemas.all.enumerated() {
            json.appendRaw(number == 0 ? "\n" : ",\n")
            json.append(schema.name)
            json.appendRaw(":")
            json.appendRaw(schema.json.utf8)
        }
        json.appendRaw("\n}}}\n")
        return json.bytes
    }()

    private static let head = """
        {"openapi":"3.1.0",
        "info":{"title":"Countersign","version":"1","description":"The audit gateway's API for people and their programs. \
        Times are RFC 3339 in UTC. Errors are application/problem+json (RFC 9457)."},
        "servers":[{"url":"/api/v1"}],
        "security":[{"bearer":[]}],

        """

    /// For anybody: it says how a gateway can be asked, and nothing of this one.
    static func add(to router: RouterGroup<ConsoleContext>) {
        router.get("openapi.json") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "application/json; charset=utf-8"],
                body: .init(byteBuffer: ByteBuffer(bytes: text))
            )
        }
    }
}
