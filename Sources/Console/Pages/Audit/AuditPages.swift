internal import AccessModel
internal import Hummingbird

/// `/audit` and `/audit/ID`, for auditors.
struct AuditPages {
    let audit: AuditPorts
    let frame: PageFrame

    func add(to router: RouterGroup<ConsoleContext>) {
        router.get("audit") { request, context in
            _ = try context.require(.auditor)
            return try await frame.respond(await search(request), context)
        }
        router.get("audit/:id") { request, context in
            let id = try AuditRoutes.id(request, context)
            return try await frame.respond(await record(id), context)
        }
    }

    /// What cannot be asked for, and what takes too long, is said above the form, so that it can be mended there.
    private func search(_ request: Request) async throws -> Page {
        var query: QueryFields?
        do {
            let read = try QueryFields(request, allowing: AuditRoutes.names)
            query = read
            return try await found(read)
        } catch let problem as Problem where problem.status != .internalServerError {
            var view = AuditSearchView(query).form
            view["problem"] = problem.detail.prefix(1).uppercased() + problem.detail.dropFirst() + "."
            return Page(title: "Audit", section: .audit, template: .audit, view: view, status: problem.status)
        }
    }

    private func found(_ query: QueryFields) async throws -> Page {
        let (order, page) = try AuditRoutes.order(query)
        let filters = try AuditQuery(query, now: audit.now())
        let view = AuditSearchView(query, isFurther: page.cursor != nil)
        async let counted = facets(filters)
        let json = try await PageJSON.read { () throws(ReadRefusal) in try await audit.search(filters, order, page) }
        return Page(
            title: "Audit",
            section: .audit,
            template: .audit,
            view: view.form.merging(view.found(json)) { $1 }.merging(view.facets(await counted)) { $1 }
        )
    }

    /// The search is not held up by its facets: where they cannot be had, they are left out.
    private func facets(_ filters: AuditQuery) async -> PageJSON {
        do throws(ReadRefusal) {
            return PageJSON(try await audit.facets(filters))
        } catch {
            return .null
        }
    }

    private func record(_ id: ULID) async throws -> Page {
        let json = try await PageJSON.find(or: AuditRoutes.unknown) { () throws(ReadRefusal) in
            try await audit.record(id)
        }
        let view = RecordPageView(json: json, proof: await proof(id))
        return Page(
            title: view.title,
            section: .audit,
            template: .record,
            view: view.page,
            modules: [.verify]
        )
    }

    /// Or why there is none yet.
    private func proof(_ id: ULID) async -> RecordPageView.Proof {
        do throws(ReadRefusal) {
            guard let proof = try await audit.proof(id) else { return .none("the log has no such record") }
            return .given(PageJSON(proof))
        } catch {
            return .none(error.problem.detail)
        }
    }
}
