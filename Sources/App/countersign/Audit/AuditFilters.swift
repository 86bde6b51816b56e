internal import AccessModel
internal import ArgumentParser
internal import SearchIndex

/// The filters of `audit search`, `tail` and `export`. They narrow together.
struct AuditFilters: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("Who acted.", valueName: "subject"))
    var principal: String?

    @Option(name: .long, help: "The role that decided, or the session's.")
    var role: String?

    @Option(name: .long, help: ArgumentHelp("The person accountable for the role.", valueName: "person"))
    var owner: String?

    @Option(name: .long, help: "The pipeline of the session's provenance.")
    var pipeline: String?

    @Option(name: .long, help: "The run.")
    var run: String?

    @Option(name: .long, help: "The commit.")
    var commit: String?

    @Option(name: .long, help: "The repository.")
    var repository: String?

    @Option(name: .long, help: ArgumentHelp("Who or what started the run.", valueName: "who"))
    var triggeredBy: String?

    @Option(name: .long, help: "The target.")
    var target: String?

    @Option(
        name: .long,
        help: ArgumentHelp("What a command would act on: public.orders, 'public.*'.", valueName: "object")
    )
    var object: String?

    @Option(name: .long, help: "What it would do: select, update, …")
    var action: ActionArgument?

    @Option(name: .long, help: "allow, hold or deny.")
    var decision: DecisionArgument?

    @Option(name: .long, help: "The session's id.", transform: IdentifierArgument.read)
    var session: IdentifierArgument?

    @Option(name: .long, help: ArgumentHelp("From then on: RFC 3339, a day, or 15m, 8h, 7d ago.", valueName: "time"))
    var since: MomentArgument?

    @Option(name: .long, help: ArgumentHelp("Before then; a day is meant whole.", valueName: "time"))
    var until: MomentArgument?

    @Option(name: .long, help: ArgumentHelp("Words of the statement.", valueName: "words"))
    var text: String?

    @Option(name: .long, help: ArgumentHelp("Kinds of records with commas between them, or all.", valueName: "kinds"))
    var kind: KindsArgument?
}

extension AuditFilters {
    /// What `search` and `tail` look at where `--kind` says nothing.
    static let searched: Set<RecordKind> = [.command, .authenticationRefused]

    mutating func validate() throws {
        // Words without a letter or a digit would ask for nothing, and so match everything.
        guard text?.contains(where: { $0.isLetter || $0.isNumber }) != false else {
            throw ValidationError("--text needs a word")
        }
    }

    /// `kinds`: where `--kind` says nothing; nil is every kind.
    func query(now: Timestamp, kinds: Set<RecordKind>?) -> AuditQuery {
        var query = AuditQuery()
        query.principal = principal
        query.role = role
        query.owner = owner
        query.pipeline = pipeline
        query.run = run
        query.commit = commit
        query.repository = repository
        query.triggeredBy = triggeredBy
        query.target = target
        query.object = object
        query.action = action?.action
        query.decision = decision?.outcome
        query.session = session?.id
        query.since = since?.beginning(now: now)
        query.until = until?.end(now: now)
        query.text = text
        query.kinds = kind.map(\.kinds) ?? kinds
        return query
    }

    /// Everything of one session.
    static func records(of session: ULID) -> AuditQuery {
        var query = AuditQuery()
        query.session = session
        return query
    }
}
