internal import AccessModel
internal import Hummingbird

/// `/approvals`, `/approvals/ID`, and the form there.
struct ApprovalPages {
    let board: BoardPorts
    let people: PeoplePorts
    let frame: PageFrame

    private static let stream = "/api/v1/approvals/events"

    func add(to router: RouterGroup<ConsoleContext>) {
        router.get("approvals") { _, context in
            let person = try ApprovalRoutes.reader(context)
            return try await frame.respond(await list(for: person), context)
        }
        router.get("approvals/:id") { _, context in
            let person = try ApprovalRoutes.reader(context)
            return try await frame.respond(await one(try ApprovalRoutes.id(context), for: person), context)
        }
        router.post("approvals/:id/answer") { request, context in
            _ = try await ApprovalRoutes(board: board, people: people).taken(request, context)
            return LoginRoutes.redirect(to: "/approvals/\(try ApprovalRoutes.id(context))")
        }
    }

    private func list(for person: SignedInPerson) async throws -> Page {
        let approvals = await board.list(person)
        let views = approvals.map { ApprovalView(json: PageJSON($0), person: person) }
        let waiting = views.filter(\.isWaiting)
        let mine = waiting.count(where: \.asksForMe)
        let region = PageView(present: [
            "key": PageRegion.key(approvals.flatMap(\.bytes)),
            "waiting": waiting.map(\.row),
            "hasWaiting": waiting.isEmpty ? nil : true,
            "ended": views.filter { !$0.isWaiting }.map(\.row),
            "hasEnded": waiting.count < views.count ? true : nil,
            "words": "\(Digits.counted(Int64(waiting.count), "approval")) waiting, \(mine) for you",
        ])
        return Page(
            title: waiting.isEmpty ? "Approvals" : "(\(waiting.count)) Approvals",
            section: .approvals,
            template: .approvals,
            view: ["region": try PageLibrary.house.render(.approvalsRegion, region)],
            stream: ApprovalPages.stream
        )
    }

    private func one(_ id: ULID, for person: SignedInPerson) async throws -> Page {
        let json = try await ApprovalRoutes.found(board, id, for: person)
        let view = ApprovalView(json: PageJSON(json), person: person)
        // What it says changes with the answers, and with whether this person has to log in again.
        var region = view.page(hasProvider: people.hasProvider)
        region["key"] = PageRegion.key(json.bytes + [person.isFresh ? 1 : 0])
        region["words"] = "This approval is \(view.state)"
        return Page(
            title: view.headline,
            section: .approvals,
            template: .approval,
            view: ["region": try PageLibrary.house.render(.approvalRegion, region)],
            stream: view.isWaiting ? ApprovalPages.stream : nil
        )
    }
}
