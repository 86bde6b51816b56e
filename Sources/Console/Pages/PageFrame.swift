internal import AccessModel
internal import Hummingbird
internal import NIOCore

/// Puts the frame around pages: navigation, what waits, who is logged in.
struct PageFrame {
    let people: PeoplePorts
    let board: BoardPorts

    func respond(_ page: Page, _ context: ConsoleContext) async throws -> Response {
        var view = PageView(present: [
            "title": page.title,
            "style": Asset.style.path,
            "mark": Asset.mark.path,
            "modules": modules(of: page),
            "stream": page.stream,
            "every": page.every > 0 ? "\(page.every)" : nil,
            "content": try PageLibrary.house.render(page.template, page.view),
        ])
        if let person = context.person {
            let waiting = PageSection.approvals.isOpen(to: person) ? await waiting(for: person) : 0
            view["navKey"] = "\(page.section?.rawValue ?? "")-\(waiting)"
            view["nav"] = PageFrame.navigation(for: person, at: page.section, waiting: waiting)
            view["person"] = PageView(present: [
                "name": person.name,
                "id": person.id,
                "may": person.capabilities.sorted().map(\.rawValue).joined(separator: ", "),
                "token": person.formToken,
                "since": PageTime.view(.string(person.authenticated.description)),
            ])
        }
        return Response(
            status: page.status,
            headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(
                byteBuffer: ByteBuffer(string: try PageLibrary.house.render(PageTemplate.shell, view))
            )
        )
    }

    private func modules(of page: Page) -> [String] {
        let isLive = page.stream != nil || page.every > 0
        return ([Asset.times, .copy] + (isLive ? [Asset.live] : []) + page.modules).map(\.path)
    }

    /// How many approvals wait, of those that this person is shown.
    private func waiting(for person: SignedInPerson) async -> Int {
        await board.list(person).count { PageJSON($0)["state"].string == "waiting" }
    }

    private static func navigation(for person: SignedInPerson, at here: PageSection?, waiting: Int) -> [PageView] {
        PageSection.allCases.filter { $0.isOpen(to: person) }.map { section in
            PageView(present: [
                "href": section.path,
                "label": section.label,
                "current": section == here ? true : nil,
                "waiting": section == .approvals && waiting > 0 ? "\(waiting)" : nil,
            ])
        }
    }
}
