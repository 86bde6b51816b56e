internal import AccessModel
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import ServiceLifecycle

/// `/api/v1/approvals`: list, show, answer, and the stream of changes.
///
/// What waits is shown to those who answer for it, to whoever asked, and to auditors and administrators.
struct ApprovalRoutes {
    let board: BoardPorts
    let people: PeoplePorts
    /// Each holds a connection: more than one person's windows need, and few of all that there are.
    private let streams = PersonPlaces(most: 12)

    init(board: BoardPorts, people: PeoplePorts) {
        self.board = board
        self.people = people
    }

    func add(to router: RouterGroup<ConsoleContext>) {
        router.get("approvals") { _, context in
            let person = try ApprovalRoutes.reader(context)
            var json = JSONBytes()
            json.appendRaw("{\"approvals\":[")
            for (index, approval) in await board.list(person).enumerated() {
                if index > 0 { json.appendRaw(",") }
                json.appendRaw(approval.bytes)
            }
            json.appendRaw("]}")
            return Response.json(json)
        }
        router.get("approvals/events") { _, context in
            let person = try ApprovalRoutes.reader(context)
            guard let place = streams.enter(person.id) else {
                throw Problem(.tooManyRequests, "\(streams.most) streams are open for you", retryAfter: 15)
            }
            return events(context, place)
        }
        router.get("approvals/:id") { _, context in
            let person = try ApprovalRoutes.reader(context)
            return Response.json(try await ApprovalRoutes.found(board, try ApprovalRoutes.id(context), for: person))
        }
        router.post("approvals/:id/answer") { request, context in Response.json(try await taken(request, context)) }
    }

    static func reader(_ context: ConsoleContext) throws -> SignedInPerson {
        let person = try context.requirePerson()
        guard person.may(.approver) || person.may(.auditor) else {
            throw Problem(.forbidden, "no grant names you among those who approve")
        }
        return person
    }

    static func found(_ board: BoardPorts, _ id: ULID, for person: SignedInPerson) async throws -> JSONBytes {
        let json: JSONBytes?
        do throws(ReadRefusal) { json = try await board.find(id, person) } catch { throw error.problem }
        guard let json else { throw Problem(.notFound, "no approval has this id") }
        return json
    }

    static func id(_ context: ConsoleContext) throws -> ULID {
        guard let id = context.parameters.get("id").flatMap({ ULID($0) }) else {
            throw Problem(.notFound, "no approval has this id")
        }
        return id
    }

    /// Takes a form with `answer` (`approve`, `deny`), `digest` and `reason`; the approval as it is then.
    func taken(_ request: Request, _ context: ConsoleContext) async throws -> JSONBytes {
        // Before a byte of the form is waited for: who may not answer costs nothing.
        let person = try context.require(.approver)
        let form = try await FormBody(request)
        try FormGuard(people: people).check(request, context, token: form["form_token"])
        guard let verdict = form["answer"], verdict == "approve" || verdict == "deny" else {
            throw Problem(.badRequest, "`answer` must be approve or deny")
        }
        guard let digest = form["digest"], !digest.isEmpty else {
            throw Problem(.badRequest, "`digest` must name the command that was shown")
        }
        guard person.isFresh || verdict == "deny" else {
            throw Problem(.forbidden, "to approve, log in again: /login/again")
        }
        let reason = form["reason"].flatMap { $0.isEmpty ? nil : $0 }
        let given = BoardPorts.Answer(isApproval: verdict == "approve", reason: reason, digest: digest)
        switch await board.answer(try ApprovalRoutes.id(context), person, given) {
        case .taken(let json): return json
        case .unknown: throw Problem(.notFound, "no approval has this id")
        case .refused(let why): throw Problem(.conflict, why)
        }
    }

    /// Server-sent events (HTML standard, section 9.2): `changed` whenever the list is another, and a comment each 15 seconds.
    private func events(_ context: ConsoleContext, _ place: PersonPlaces.Place) -> Response {
        var headers = HTTPFields()
        headers[.contentType] = "text/event-stream"
        headers[.cacheControl] = "no-store"
        let changes = board.changes()
        let session = context.session
        return Response(
            status: .ok,
            headers: headers,
            body: ResponseBody { writer in
                try await writer.write(ByteBuffer(string: "event: changed\ndata: {}\n\n"))
                for await text in EventTicks.merged(changes).cancelOnGracefulShutdown() {
                    // Who has logged out meanwhile is told nothing more.
                    guard let session, people.look(session) != nil else { break }
                    try await writer.write(ByteBuffer(string: text))
                }
                withExtendedLifetime(place) {}
                try await writer.finish(nil)
            }
        )
    }
}
