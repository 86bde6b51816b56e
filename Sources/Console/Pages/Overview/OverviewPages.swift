internal import AccessModel
internal import Hummingbird

/// `/` and `/health`, for whoever is in.
struct OverviewPages {
    let status: StatusPorts
    let board: BoardPorts
    let frame: PageFrame

    func add(to router: RouterGroup<ConsoleContext>) {
        router.get("/") { _, context in
            let person = try context.requirePerson()
            return try await frame.respond(await overview(for: person), context)
        }
        router.get("health") { _, context in
            let person = try context.requirePerson()
            return try await frame.respond(await health(for: person), context)
        }
    }

    private func overview(for person: SignedInPerson) async throws -> Page {
        let json = await status.status()
        let view = StatusView(json: PageJSON(json), person: person)
        let mayAnswer = PageSection.approvals.isOpen(to: person)
        let waiting = mayAnswer ? await board.list(person).map { ApprovalView(json: PageJSON($0), person: person) } : []
        let rows = waiting.filter(\.isWaiting)
        let region = PageView(present: [
            "key": PageRegion.key(json.bytes + rows.flatMap { Array($0.id.utf8) }),
            "cards": view.cards,
            "empty": view.cards.isEmpty ? true : nil,
            "chart": SeriesChart.view(view.json["series"]),
            "waiting": rows.prefix(5).map(\.row),
            "hasWaiting": rows.isEmpty ? nil : true,
            "problems": HealthView(json: view.json).problems,
        ])
        return Page(
            title: "Overview",
            section: .overview,
            template: .overview,
            view: ["region": try PageLibrary.house.render(.overviewRegion, region), "name": person.name],
            stream: mayAnswer ? "/api/v1/approvals/events" : nil,
            every: 10
        )
    }

    private func health(for person: SignedInPerson) async throws -> Page {
        let json = await status.status()
        var region = HealthView(json: PageJSON(json)).page
        region["key"] = PageRegion.key(json.bytes)
        return Page(
            title: "Health",
            section: .health,
            template: .health,
            view: ["region": try PageLibrary.house.render(.healthRegion, region)],
            every: 10
        )
    }
}
