internal import AccessModel

/// A parameter of a path or a query, or a field of a form.
struct APIParameter: Sendable {
    enum Place: String, Sendable {
        case path, query
        /// A field of a form.
        case form
    }

    var name: String
    var place: Place
    var description: String
    /// JSON Schema.
    var schema: String
    var isRequired: Bool { place == .path || isNeeded }
    private var isNeeded = false

    init(_ name: String, _ place: Place, _ description: String, _ schema: String, required: Bool = false) {
        self.name = name
        self.place = place
        self.description = description
        self.schema = schema
        isNeeded = required
    }
}

extension APIParameter {
    static let text = #"{"type":"string","maxLength":1024}"#
    static let ulid = #"{"type":"string","pattern":"^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$"}"#

    /// The same, or nothing.
    static let ulidIfAny = #"{"type":"string","pattern":"^([0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25})?$"}"#

    static func id(_ what: String) -> APIParameter { APIParameter("id", .path, "The id of the \(what).", ulid) }

    static func query(_ name: String, _ description: String, _ schema: String = text) -> APIParameter {
        APIParameter(name, .query, description, schema)
    }

    static func field(
        _ name: String,
        _ description: String,
        _ schema: String = text,
        required: Bool = false
    ) -> APIParameter {
        APIParameter(name, .form, description, schema, required: required)
    }

    /// One of some words.
    static func words(_ words: [String]) -> String {
        var json = JSONBytes()
        json.appendRaw("{\"type\":\"string\",\"enum\":")
        json.append(words)
        json.appendRaw("}")
        return String(decoding: json.bytes, as: UTF8.self)
    }

    static let formToken = field(
        "form_token",
        "What `/me` says, where a cookie says who asks.",
        #"{"type":"string"}"#
    )

    static let page: [APIParameter] = [
        query("limit", "How many at most.", #"{"type":"integer","minimum":1,"maximum":200,"default":50}"#),
        query("cursor", "Where to go on: `next` of an earlier answer.", #"{"type":"string","maxLength":27}"#),
    ]

    /// The filters of a search.
    static let filters: [APIParameter] = [
        query("principal", "Who acted: the subject."),
        query("role", "The role that decided, or the session's."),
        query("owner", "The person accountable for the role."),
        query("pipeline", "The pipeline."), query("run", "The run."), query("commit", "The commit."),
        query("repository", "The repository."), query("triggered_by", "Who or what started the run."),
        query("target", "The target."),
        query("object", "What a command would act on; `*` stands for any characters."),
        query("action", "What it would do.", words(Action.allCases.map(\.rawValue) + [""])),
        query("decision", "What was decided.", words(["allow", "hold", "deny", ""])),
        query("session", "The session's id.", ulidIfAny),
        query("since", "From then on: RFC 3339, a day, or 15m, 8h, 7d ago."),
        query("until", "Before then; a day is meant whole."),
        query("text", "Words of the statement, all of them."),
        query("kind", "Kinds of records with commas between them, or `all`."),
    ]
}

extension JSONBytes {
    mutating func append(parameter: APIParameter) {
        appendRaw("{")
        member("name")
        append(parameter.name)
        member("in")
        append(parameter.place.rawValue)
        member("description")
        append(parameter.description)
        member("required")
        append(parameter.isRequired)
        member("schema")
        appendRaw(parameter.schema.utf8)
        appendRaw("}")
    }

    /// A form's field: its schema with what it is for.
    mutating func append(schema field: APIParameter) {
        appendRaw("{")
        member("description")
        append(field.description)
        appendRaw(",")
        appendRaw(String(field.schema.dropFirst()).utf8)
    }
}
