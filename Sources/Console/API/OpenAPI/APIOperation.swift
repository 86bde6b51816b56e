internal import AccessModel

/// One address of the API, as the OpenAPI document describes it (OpenAPI Specification 3.1.0, Operation Object).
struct APIOperation: Sendable {
    enum Method: String, Sendable {
        case get, post
    }

    enum Answer: Sendable {
        /// A schema of the document.
        case json(String)
        case file(String)
        case events
        /// Any JSON object.
        case document
    }

    var method: Method
    /// Below `/api/v1`: `/records/{id}`.
    var path: String
    var summary: String
    /// Nil for anybody who is in.
    var capability: Capability?
    /// Whether it answers without a login.
    var isPublic = false
    var parameters: [APIParameter] = []
    /// Fields of a form; empty for no body.
    var form: [APIParameter] = []
    /// A schema of the document, for a body of JSON.
    var body: String?
    var answer: Answer
    /// Those that are not of every operation of its kind.
    var statuses: Set<Int> = []

    /// `get_records_id_proof`
    var id: String {
        let words = path.split { !($0.isLetter || $0.isNumber) }
        return ([method.rawValue] + words.map(String.init)).joined(separator: "_")
    }

    /// All but 200.
    var refusals: [Int] {
        var all = statuses
        if !isPublic { all.formUnion([400, 401, 429]) }
        if capability != nil { all.insert(403) }
        if path.contains("{") { all.insert(404) }
        if !form.isEmpty { all.formUnion([403, 408, 413]) }
        if body != nil { all.formUnion([408, 413]) }
        return all.sorted()
    }
}

extension JSONBytes {
    mutating func append(_ operation: APIOperation) {
        appendRaw("{")
        member("operationId")
        append(operation.id)
        member("summary")
        append(operation.summary)
        if operation.isPublic {
            member("security")
            appendRaw("[]")
        }
        if !operation.parameters.isEmpty {
            member("parameters")
            appendList(operation.parameters) { $1.append(parameter: $0) }
        }
        if !operation.form.isEmpty { append(form: operation.form) }
        if let body = operation.body {
            member("requestBody")
            appendRaw("{\"required\":true,\"content\":{\"application/json\":{\"schema\":")
            appendRaw("{\"$ref\":\"#/components/schemas/\(body)\"}}}}".utf8)
        }
        member("responses")
        appendRaw("{\"200\":")
        append(operation.answer)
        for status in operation.refusals {
            appendRaw(",\"\(status)\":{\"$ref\":\"#/components/responses/\(status)\"}".utf8)
        }
        appendRaw("}}")
    }

    private mutating func append(form fields: [APIParameter]) {
        member("requestBody")
        appendRaw(
            "{\"required\":true,\"content\":{\"application/x-www-form-urlencoded\":{\"schema\":{\"type\":\"object\","
        )
        appendRaw("\"properties\":{")
        for (number, field) in fields.enumerated() {
            if number > 0 { appendRaw(",") }
            append(field.name)
            appendRaw(":")
            append(schema: field)
        }
        appendRaw("},\"required\":")
        append(fields.filter(\.isRequired).map(\.name))
        appendRaw("}}}}")
    }

    private mutating func append(_ answer: APIOperation.Answer) {
        switch answer {
        case .json(let schema):
            appendRaw("{\"description\":\"OK\",\"content\":{\"application/json\":{\"schema\":")
            appendRaw("{\"$ref\":\"#/components/schemas/\(schema)\"}}}}".utf8)
        case .file(let type):
            appendRaw(
                "{\"description\":\"OK\",\"content\":{\"\(type)\":{\"schema\":{\"type\":\"string\",\"format\":\"binary\"}}}}"
                    .utf8
            )
        case .events:
            appendRaw("{\"description\":\"OK\",\"content\":{\"text/event-stream\":{\"schema\":{\"type\":\"string\"}}}}")
        case .document:
            appendRaw("{\"description\":\"OK\",\"content\":{\"application/json\":{\"schema\":{\"type\":\"object\"}}}}")
        }
    }

    /// `[…,…]`
    mutating func appendList<Element>(_ list: [Element], _ body: (Element, inout JSONBytes) -> Void) {
        appendRaw("[")
        for (number, element) in list.enumerated() {
            if number > 0 { appendRaw(",") }
            body(element, &self)
        }
        appendRaw("]")
    }
}
