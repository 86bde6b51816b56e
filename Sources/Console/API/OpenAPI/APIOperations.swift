internal import AccessModel

/// Every address of the API: the OpenAPI document has these and no others, and so has the router.
enum APIOperations {
    static let all = people + approvals + changeSets + audit + sessions + roles + gateway

    private static let people = [
        APIOperation(
            method: .get,
            path: "/openapi.json",
            summary: "This document.",
            isPublic: true,
            answer: .document
        ),
        APIOperation(method: .get, path: "/me", summary: "Who is logged in.", answer: .json("Me")),
    ]

    private static let approvals = [
        APIOperation(
            method: .get,
            path: "/approvals",
            summary: "Those that wait, oldest first, then those that ended lately.",
            capability: .approver,
            answer: .json("Approvals")
        ),
        APIOperation(
            method: .get,
            path: "/approvals/events",
            summary: "Server-sent events: `changed` whenever the list may be another.",
            capability: .approver,
            answer: .events
        ),
        APIOperation(
            method: .get,
            path: "/approvals/{id}",
            summary: "One approval.",
            capability: .approver,
            parameters: [.id("approval")],
            answer: .json("Approval")
        ),
        APIOperation(
            method: .post,
            path: "/approvals/{id}/answer",
            summary: "Answers it.",
            capability: .approver,
            parameters: [.id("approval")],
            form: [
                .field("answer", "The answer.", APIParameter.words(["approve", "deny"]), required: true),
                .field("digest", "The `digest` of what was shown.", required: true),
                .field("reason", "Why.", #"{"type":"string","maxLength":1000}"#), .formToken,
            ],
            answer: .json("Approval"),
            statuses: [409]
        ),
    ]

    private static let changeSets = [
        APIOperation(
            method: .post,
            path: "/change-sets",
            summary: "Asks for the approval of a change set.",
            answer: .json("ChangeSet"),
            statuses: [503],
            body: "ChangeSetDraft",
            isForJobs: true,
            success: 201
        ),
        APIOperation(
            method: .get,
            path: "/change-sets/{id}",
            summary: "A change set that the same identity asked for.",
            parameters: [.id("change set")],
            answer: .json("ChangeSet"),
            isForJobs: true
        ),
    ]

    private static let audit = [
        APIOperation(
            method: .get,
            path: "/records",
            summary: "Searches the records.",
            capability: .auditor,
            parameters: APIParameter.filters + [
                .query("order", "Which come first.", APIParameter.words(["newest", "oldest", ""]))
            ] + APIParameter.page,
            answer: .json("Records"),
            statuses: [503]
        ),
        APIOperation(
            method: .get,
            path: "/facets",
            summary: "What the newest records that match have in common.",
            capability: .auditor,
            parameters: APIParameter.filters,
            answer: .json("Facets"),
            statuses: [503]
        ),
        APIOperation(
            method: .get,
            path: "/records/{id}",
            summary: "One record.",
            capability: .auditor,
            parameters: [.id("record")],
            answer: .json("Record"),
            statuses: [503]
        ),
        APIOperation(
            method: .get,
            path: "/records/{id}/proof",
            summary: "That a record stands in the log.",
            capability: .auditor,
            parameters: [.id("record")],
            answer: .json("Proof"),
            statuses: [409, 503]
        ),
        APIOperation(
            method: .get,
            path: "/records/{id}/bundle",
            summary: "A record's evidence, for countersign-verify. Taking it is recorded.",
            capability: .auditor,
            parameters: [.id("record")],
            answer: .file("application/zip"),
            statuses: [409, 503]
        ),
        APIOperation(
            method: .get,
            path: "/evidence",
            summary: "The evidence of all records that match, for countersign-verify. Taking it is recorded.",
            capability: .auditor,
            parameters: APIParameter.filters,
            answer: .file("application/zip"),
            statuses: [404, 409, 503]
        ),
    ]

    private static let sessions = [
        APIOperation(
            method: .get,
            path: "/sessions",
            summary: "Sessions that live, or that have ended; those that began last first.",
            capability: .auditor,
            parameters: [
                .query("state", "`live` is the usual.", APIParameter.words(["live", "ended", ""])),
                .query("principal", "The subject."), .query("role", "A role."), .query("target", "The target."),
            ] + APIParameter.page,
            answer: .json("Sessions"),
            statuses: [503]
        ),
        APIOperation(
            method: .get,
            path: "/sessions/{id}",
            summary: "A session with its records, the oldest first.",
            capability: .auditor,
            parameters: [.id("session")] + APIParameter.page,
            answer: .json("SessionRecords"),
            statuses: [503]
        ),
        APIOperation(
            method: .post,
            path: "/sessions/{id}/kill",
            summary: "Ends a live session. It is recorded.",
            capability: .administrator,
            parameters: [.id("session")],
            form: [
                .field("reason", "Told to the session's caller.", #"{"type":"string","maxLength":200}"#), .formToken,
            ],
            answer: .json("Killed"),
            statuses: [409, 503]
        ),
    ]

    private static let roles = [
        APIOperation(
            method: .get,
            path: "/roles",
            summary: "The roles of the policy in force.",
            capability: .auditor,
            answer: .json("Roles"),
            statuses: [503]
        ),
        APIOperation(
            method: .get,
            path: "/roles/{name}",
            summary: "One role with its bindings, its grants and its live sessions.",
            capability: .auditor,
            parameters: [APIParameter("name", .path, "The role's name.", #"{"type":"string","minLength":1}"#)],
            answer: .json("RoleDetail"),
            statuses: [503]
        ),
        APIOperation(
            method: .get,
            path: "/principals",
            summary: "Everybody who had a session.",
            capability: .auditor,
            parameters: APIParameter.page,
            answer: .json("Principals"),
            statuses: [503]
        ),
    ]

    private static let gateway = [
        APIOperation(method: .get, path: "/status", summary: "The gateway at a glance.", answer: .json("Status")),
        APIOperation(
            method: .post,
            path: "/explain",
            summary: "What the policy in force would decide of a statement. No target is asked.",
            capability: .auditor,
            form: [
                .field("claims", "A JSON object, as in a token; taken as verified.", required: true),
                .field("target", "TARGET, or TARGET/DATABASE.", required: true),
                .field("sql", "The statement.", #"{"type":"string"}"#, required: true),
                .field("issuer", "Its name; else the one that the iss claim says."),
                .field("role", "The role that is asked for; countersign is every role."),
                .field("source", "The address that the session comes from."),
                .field("reason", "The justification."), .field("at", "When; RFC 3339."),
                .field("search_path", "Schemas with commas between them."), .formToken,
            ],
            answer: .json("Explanation"),
            statuses: [503]
        ),
    ]
}
