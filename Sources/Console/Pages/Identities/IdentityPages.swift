internal import AccessModel
internal import Hummingbird

/// `/identities` and `/roles/NAME`, for auditors.
struct IdentityPages {
    let roles: RolePorts
    let frame: PageFrame

    func add(to router: RouterGroup<ConsoleContext>) {
        router.get("identities") { request, context in
            _ = try context.require(.auditor)
            return try await frame.respond(await list(request), context)
        }
        router.get("roles/:name") { request, context in
            _ = try context.require(.auditor)
            _ = try QueryFields(request)
            // A name has none of the characters that a path escapes.
            let name = context.parameters.get("name") ?? ""
            let json = try await PageJSON.find(or: Problem(.notFound, "no role has this name")) {
                () throws(ReadRefusal) in
                try await roles.find(name)
            }
            let view = RoleView(json: json)
            let page = Page(title: view.name, section: .identities, template: .role, view: view.page)
            return try await frame.respond(page, context)
        }
    }

    private func list(_ request: Request) async throws -> Page {
        let query = try QueryFields(request, allowing: PageRequest.names)
        let page = try PageRequest(query) { if case .principal = $0 { true } else { false } }
        let listed = try await PageJSON.read { () throws(ReadRefusal) in try await roles.list() }
        let seen = try await PageJSON.read { () throws(ReadRefusal) in try await roles.principals(page) }
        let principals = seen["principals"].items.map(IdentityPages.principal)
        return Page(
            title: "Identities",
            section: .identities,
            template: .identities,
            view: PageView(present: [
                "policy": listed["policy"].string,
                "roles": listed["roles"].items.map { RoleView(json: $0).row },
                "hasRoles": listed["roles"].isNothing ? nil : true,
                "principals": principals,
                "hasPrincipals": principals.isEmpty ? nil : true,
                "next": seen["next"].string.map { "/identities\(PageLink.query([("cursor", $0)]))#seen" },
                "first": page.cursor == nil ? nil : "/identities#seen",
            ])
        )
    }

    private static func principal(_ json: PageJSON) -> PageView {
        let subject = json["subject"].string ?? ""
        return PageView(present: [
            "subject": subject,
            "href": "/audit?principal=\(PageLink.escaped(subject))",
            "kind": [json["kind"].string, json["issuer"].string.map { "of \($0)" }].compactMap { $0 }
                .joined(separator: " "),
            "roles": json["roles"].strings.joined(separator: ", "),
            "seen": PageTime.view(json["last_seen"]),
            "session": json["last_session"].string.map { "/sessions/\(PageLink.escaped($0))" },
            "live": json["live"].number.flatMap { $0 > 0 ? Digits.counted($0, "session") : nil },
        ])
    }
}
