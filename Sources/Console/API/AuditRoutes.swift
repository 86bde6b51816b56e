internal import AccessModel
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// `/api/v1/records`, `/api/v1/records/ID` with `/proof` and `/bundle`, `/api/v1/facets`: the audit trail, for auditors.
struct AuditRoutes {
    let audit: AuditPorts

    func add(to router: RouterGroup<ConsoleContext>) {
        router.get("records") { request, context in
            _ = try context.require(.auditor)
            let query = try QueryFields(request, allowing: AuditRoutes.names)
            let (order, page) = try AuditRoutes.order(query)
            let filters = try AuditQuery(query, now: audit.now())
            return try await Response.answer { () throws(ReadRefusal) in
                try await audit.search(filters, order, page)
            }
        }
        router.get("facets") { request, context in
            _ = try context.require(.auditor)
            let filters = try AuditQuery(try QueryFields(request, allowing: AuditQuery.names), now: audit.now())
            return try await Response.answer { () throws(ReadRefusal) in try await audit.facets(filters) }
        }
        router.get("records/:id") { request, context in
            let id = try AuditRoutes.id(request, context)
            return try await Response.answer(or: AuditRoutes.unknown) { () throws(ReadRefusal) in
                try await audit.record(id)
            }
        }
        router.get("records/:id/proof") { request, context in
            let id = try AuditRoutes.id(request, context)
            return try await Response.answer(or: AuditRoutes.unknown) { () throws(ReadRefusal) in
                try await audit.proof(id)
            }
        }
        router.get("records/:id/bundle") { request, context in try await bundle(request, context) }
        router.get("evidence") { request, context in try await evidence(request, context) }
    }

    static let unknown = Problem(.notFound, "no record has this id")
    static let names = AuditQuery.names.union(PageRequest.names).union(["order"])

    /// Which way, and which part of what is found.
    static func order(_ query: QueryFields) throws -> (AuditOrder, PageRequest) {
        let order = try query.value("order", "newest or oldest") {
            ["newest": AuditOrder.newestFirst, "oldest": .oldestFirst][$0]
        }
        return (order ?? .newestFirst, try PageRequest(query) { if case .record = $0 { true } else { false } })
    }

    /// The id of the path, for an auditor who asks for nothing else.
    static func id(_ request: Request, _ context: ConsoleContext) throws -> ULID {
        _ = try context.require(.auditor)
        _ = try QueryFields(request)
        guard let id = context.parameters.get("id").flatMap({ ULID($0) }) else { throw unknown }
        return id
    }

    private func bundle(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let person = try context.require(.auditor)
        let id = try AuditRoutes.id(request, context)
        try AuditRoutes.requireOwnSite(request, context)
        return try await AuditRoutes.file(or: AuditRoutes.unknown) { () throws(ReadRefusal) in
            try await audit.bundle(id, person)
        }
    }

    private func evidence(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let person = try context.require(.auditor)
        let fields = try QueryFields(request, allowing: AuditQuery.names)
        let query = try AuditQuery(fields, now: audit.now())
        try AuditRoutes.requireOwnSite(request, context)
        let asked = AuditQuery.names.sorted().compactMap { name in fields[name].map { "\(name) \($0)" } }
        let words = asked.isEmpty ? "commands and refused authentications" : asked.joined(separator: ", ")
        return try await AuditRoutes.file(or: Problem(.notFound, "no record matches")) { () throws(ReadRefusal) in
            try await audit.evidence(query, words, person)
        }
    }

    /// To take a file is an act of a person, and recorded: so no other site may have their browser ask for it.
    private static func requireOwnSite(_ request: Request, _ context: ConsoleContext) throws {
        let site = HTTPField.Name("Sec-Fetch-Site").flatMap { request.headers[$0] }
        guard context.isBearer || site == nil || site == "same-origin" || site == "none" else {
            throw Problem(.forbidden, "this came from another site")
        }
    }

    private static func file(
        or missing: Problem,
        _ body: () async throws(ReadRefusal) -> AuditPorts.EvidenceFile?
    ) async throws -> Response {
        let file: AuditPorts.EvidenceFile?
        do throws(ReadRefusal) {
            file = try await body()
        } catch {
            throw error.problem
        }
        guard let file else { throw missing }
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/zip", .contentDisposition: "attachment; filename=\"\(file.name)\"",
                .cacheControl: "no-store",
            ],
            body: .init(byteBuffer: ByteBuffer(bytes: file.bytes))
        )
    }
}
