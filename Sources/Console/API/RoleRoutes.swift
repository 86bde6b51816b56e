internal import AccessModel
internal import Hummingbird

/// `/api/v1/roles`, `/api/v1/roles/NAME`, `/api/v1/principals`: who may do what, for auditors.
struct RoleRoutes {
    let roles: RolePorts

    func add(to router: RouterGroup<ConsoleContext>) {
        router.get("roles") { request, context in
            _ = try context.require(.auditor)
            _ = try QueryFields(request)
            return try await Response.answer { () throws(ReadRefusal) in try await roles.list() }
        }
        router.get("roles/:name") { request, context in
            _ = try context.require(.auditor)
            _ = try QueryFields(request)
            let name = context.parameters.get("name") ?? ""
            return try await Response.answer(or: Problem(.notFound, "no role has this name")) {
                () throws(ReadRefusal) in
                try await roles.find(name)
            }
        }
        router.get("principals") { request, context in
            _ = try context.require(.auditor)
            let query = try QueryFields(request, allowing: PageRequest.names)
            let page = try PageRequest(query) { if case .principal = $0 { true } else { false } }
            return try await Response.answer { () throws(ReadRefusal) in try await roles.principals(page) }
        }
    }
}
