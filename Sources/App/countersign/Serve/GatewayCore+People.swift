internal import AccessModel
internal import Approvals
internal import Console
internal import Identity
internal import People
internal import PolicyEngine

extension GatewayCore {
    /// Makes the desk where people log in: at a provider where the configuration has one, by a link of the admin socket in
    /// any case.
    static func loginDesk(
        _ login: LoginConfiguration?,
        provider: LoginProvider?,
        policy: PolicyInForce,
        record: @escaping @Sendable (RecordDraft) -> Bool
    ) -> LoginDesk {
        LoginDesk(
            settings: LoginSettings(login),
            ports: LoginPorts(
                now: SystemClock.now,
                random: { count in
                    var random = SystemRandomNumberGenerator()
                    return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }
                },
                authorizationEndpoint: {
                    guard let provider else { throw LoginRefusal.noProvider }
                    return try await provider.authorizationEndpoint()
                },
                exchange: {
                    guard let provider else { throw LoginRefusal.noProvider }
                    return try await provider.exchange(code: $0, verifier: $1, redirectURI: $2)
                },
                verify: { token throws(LoginRefusal) in
                    guard let provider else { throw .noProvider }
                    do throws(TokenRefusal) {
                        return try await provider.verifier.verify(token)
                    } catch {
                        throw .badToken(error.reason)
                    }
                },
                profile: { id, groups in profile(of: id, groups: groups, policy.current.policy) },
                local: { localOperator(policy.current.policy) },
                record: record
            )
        )
    }

    /// Who may open the admin socket may read all that is there and reload the policy; whether they approve, grants say.
    private static func localOperator(_ policy: PolicySet) -> LocalOperator {
        let person = GatewayCore.localOperator
        return LocalOperator(
            id: person.id,
            profile: PersonProfile(
                name: "local operator \(person.name)",
                groups: [],
                capabilities: policy.hasLocalApprover
                    ? [.auditor, .administrator, .approver] : [.auditor, .administrator]
            )
        )
    }

    /// The console's address as browsers see it: as `login` says, or as it listens.
    static func consoleURL(_ configuration: Configuration) -> String? {
        if let login = configuration.login { return login.url }
        return configuration.listen.console.map { console in
            let host = ["0.0.0.0", "::"].contains(console.address.host) ? "localhost" : console.address.host
            let name = host.contains(":") ? "[\(host)]" : host
            return "\(console.tls == nil ? "http" : "https")://\(name):\(console.address.port)"
        }
    }

    /// The same, where clients may be sent there: on a name of its own, or on the machine that they are on, too.
    static func linkURL(_ configuration: Configuration) -> String? {
        configuration.login != nil || configuration.listen.console?.address.isLoopback == true
            ? consoleURL(configuration) : nil
    }

    /// A link that logs in the local operator.
    func loginLink() -> Result<String, PeoplePorts.Refusal> {
        guard let people, let consoleURL else {
            return .failure(.init("no console is configured: name one in `listen`"))
        }
        do throws(LoginRefusal) {
            return .success("\(consoleURL)/login/link?key=\(try people.makeLink())")
        } catch {
            return .failure(.init("\(error)"))
        }
    }

    /// What the policy in force says of a person: by name, by the groups of the file and by those of the provider.
    private static func profile(of id: String, groups: Set<String>, _ policy: PolicySet) -> PersonProfile? {
        guard let person = policy.person(id), let login = policy.configuration.login else { return nil }
        let all = groups.union(person.groups)
        var capabilities: Set<Capability> = []
        if login.auditors.contains(where: { $0.names(id, groups: all) }) { capabilities.insert(.auditor) }
        if login.administrators.contains(where: { $0.names(id, groups: all) }) { capabilities.insert(.administrator) }
        if policy.isApprover(id, groups: all) { capabilities.insert(.approver) }
        return PersonProfile(
            name: person.name,
            groups: all,
            capabilities: capabilities,
            aliases: Set(person.aliases)
        )
    }

    var peoplePorts: PeoplePorts {
        guard let people, let url = consoleURL else { return .none }
        return PeoplePorts(
            url: url,
            hasProvider: provider != nil,
            begin: { returnTo, renewing throws(PeoplePorts.Refusal) in
                do throws(LoginRefusal) {
                    let start = try await people.begin(returnTo: ReturnPath(returnTo), renewing: renewing)
                    return (start.url, start.browser)
                } catch {
                    throw PeoplePorts.Refusal("\(error)")
                }
            },
            finish: { state, code, error, browser throws(PeoplePorts.Refusal) in
                do throws(LoginRefusal) {
                    let end = try await people.finish(state: state, code: code, error: error, browser: browser)
                    return (end.session, end.returnTo)
                } catch {
                    throw PeoplePorts.Refusal("\(error)")
                }
            },
            person: { people.person(session: $0) },
            look: { people.person(session: $0, counts: false) },
            signOut: { people.signOut(session: $0) },
            handOver: { session, challenge throws(PeoplePorts.Refusal) in
                guard let challenge = CodeChallenge(challenge) else { throw PeoplePorts.Refusal("no challenge") }
                return try GatewayCore.worded { () throws(LoginRefusal) in
                    try people.handOver(session: session, to: challenge)
                }
            },
            redeem: { code, verifier throws(PeoplePorts.Refusal) in
                let session = try GatewayCore.worded { () throws(LoginRefusal) in
                    try people.redeem(code: code, verifier: verifier)
                }
                return PeoplePorts.CommandLine(
                    token: session.token,
                    person: session.person,
                    name: session.name,
                    expires: session.expires
                )
            },
            isOffered: { people.isOffered(link: $0) },
            enter: { link throws(PeoplePorts.Refusal) in
                try GatewayCore.worded { () throws(LoginRefusal) in try people.enter(link: link) }
            }
        )
    }

    /// A refusal in the words of a page.
    private static func worded<Answer>(_ act: () throws(LoginRefusal) -> Answer) throws(PeoplePorts.Refusal) -> Answer {
        do throws(LoginRefusal) {
            return try act()
        } catch {
            throw PeoplePorts.Refusal("\(error)")
        }
    }

    var boardPorts: BoardPorts {
        BoardPorts(
            list: { [approvals, past] person in
                let known = approvals.waiting + approvals.standing + approvals.recent
                let before = await past.list(but: Set(known.map(\.id.description)))
                return known.filter { GatewayCore.shows($0, to: person) }.map { GatewayCore.json($0, for: person) }
                    + before.filter { GatewayCore.shows($0, to: person) }.map(\.closed)
            },
            find: { [approvals, past, policy] id, person throws(ReadRefusal) in
                if let hold = approvals.find(id) {
                    guard GatewayCore.shows(hold, to: person) else { return nil }
                    return GatewayCore.json(hold, for: person, policy.current.configuration)
                }
                guard let found = try await past.find(id), GatewayCore.shows(found, to: person) else { return nil }
                return found.closed
            },
            answer: { [approvals, past] id, person, answer in
                guard let hold = approvals.find(id) else {
                    guard let found = try? await past.find(id), GatewayCore.shows(found, to: person) else {
                        return .unknown
                    }
                    return .refused("\(ApprovalRefusal.over(found.state))")
                }
                guard GatewayCore.shows(hold, to: person) else { return .unknown }
                do throws(ApprovalRefusal) {
                    let hold = try await approvals.answer(
                        id,
                        by: ApprovingPerson(person),
                        answer.isApproval ? .approve : .deny,
                        reason: answer.reason,
                        digest: answer.digest
                    )
                    return .taken(GatewayCore.json(hold, for: person))
                } catch {
                    return error == .unknown ? .unknown : .refused("\(error)")
                }
            },
            changes: { [board] in board.changes() }
        )
    }

    /// A command and its parameters are for those who answer for it, and for those who look after everything.
    private static func shows(_ hold: Hold, to person: SignedInPerson) -> Bool {
        person.may(.auditor) || person.may(.administrator) || hold.concerns(ApprovingPerson(person))
    }

    private static func shows(_ found: PastApproval, to person: SignedInPerson) -> Bool {
        person.may(.auditor) || person.may(.administrator) || found.concerns(person)
    }

    private static func json(
        _ hold: Hold,
        for person: SignedInPerson,
        _ configuration: Configuration? = nil
    ) -> JSONBytes {
        var json = JSONBytes(reserving: 2048)
        let now = SystemClock.now()
        json.appendRaw("{")
        json.append(membersOf: hold, at: now, refusal: hold.refusal(for: ApprovingPerson(person), at: now))
        if let configuration { json.append(detailOf: hold, configuration) }
        json.appendRaw("}")
        return json
    }
}

extension ApprovingPerson {
    init(_ person: SignedInPerson) {
        self.init(
            id: person.id,
            name: person.name,
            groups: person.groups,
            channel: person.channel,
            aliases: person.aliases,
            isLocal: person.isLocal
        )
    }
}
