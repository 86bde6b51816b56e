internal import AccessModel
internal import Hummingbird

/// `/api/v1/me`: who is logged in, and the token that their forms carry.
struct PersonRoutes {
    func add(to router: RouterGroup<ConsoleContext>) {
        router.get("me") { _, context in
            let person = try context.requirePerson()
            var json = JSONBytes()
            json.appendRaw("{")
            json.member("id")
            json.append(person.id)
            json.member("name")
            json.append(person.name)
            json.member("groups")
            json.append(person.groups.sorted())
            json.member("capabilities")
            json.append(person.capabilities.sorted().map(\.rawValue))
            json.member("authenticated")
            json.append(person.authenticated.description)
            json.member("fresh")
            json.append(person.isFresh)
            json.member("form_token")
            json.append(person.formToken)
            json.appendRaw("}")
            return Response.json(json)
        }
    }
}
