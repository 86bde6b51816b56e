internal import AccessModel
internal import Foundation
internal import GatewayKit
internal import Identity
internal import PolicyEngine
internal import PostgresGateway
internal import StatementAnalysis

/// Answers what a gateway with one configuration would decide, by the code with which a gateway decides.
struct PolicyOracle {
    private let policy: PolicySet
    private let resolver: ConfigurationResolver
    private let now: Timestamp

    var id: String { policy.id }

    init(path: String, now: Timestamp) throws {
        let file = try ConfigurationFile.read(path)
        guard let configuration = file.configuration else {
            throw Failure("\(path) has errors: see `countersign check --config \(path)`")
        }
        policy = PolicySet(configuration, id: file.policy)
        resolver = ConfigurationResolver(path: path)
        self.now = now
    }

    init(policy: PolicySet, resolver: ConfigurationResolver, now: Timestamp) {
        self.policy = policy
        self.resolver = resolver
        self.now = now
    }

    func answer(_ question: PolicyQuestion) throws -> PolicyVerdict {
        let issuer = TrustedIssuer(try issuer(of: question), resolver: resolver)
        let identity: VerifiedIdentity
        do throws(TokenRefusal) {
            identity = try question.claims.identity(from: issuer)
        } catch {
            return .refused(reason: "token refused: \(error.reason)")
        }
        guard let source = SourceAddress(question.source) else {
            throw Failure("\(question.source.onOneLine) is no IP address")
        }
        let moment = question.at ?? now
        let bound = policy.bind(
            identity,
            asking: question.user,
            target: question.target,
            database: question.database,
            source: source,
            reason: question.reason,
            at: moment
        )
        switch bound {
        case .failure(let refusal): return .refused(reason: refusal.reason)
        case .success(let grant): return .decided(grant, explain(question, grant, at: moment))
        }
    }

    /// Refuses the names of a target and a role that are not in the configuration: a slip, and no question. A gateway refuses
    /// them as it refuses whatever is not bound.
    func requireNames(target: String, user: String) throws {
        let targets = policy.configuration.targets.map(\.name)
        guard targets.contains(target) else {
            throw Failure("no target is named \(PolicyOracle.unknown(target, targets))")
        }
        let roles = policy.configuration.roles.map(\.name)
        guard user == "countersign" || roles.contains(user) else {
            throw Failure("no role is named \(PolicyOracle.unknown(user, roles))")
        }
    }

    private static func unknown(_ name: String, _ names: [String]) -> String {
        "\(name.onOneLine)\(NearestWord.suggestion(for: name, in: names)); there is \(list(names))"
    }

    /// As a gateway asks that has rewritten the command for the roles' masks.
    private func explain(_ question: PolicyQuestion, _ grant: SessionGrant, at moment: Timestamp) -> Explanation {
        let analysis = PolicyOracle.analyse(question.sql, limit: policy.configuration.limits.statementBytes)
        let preview = StatementPreview(analysis, in: PolicyOracle.path(question), catalog: question.catalog)
        let roles = grant.roles.map(\.name)
        let request = AccessRequest(
            roles: roles,
            target: grant.target.name,
            effects: preview.effects,
            at: moment,
            servesMasks: true
        )
        var explanation = policy.explain(request)
        let isCounted = explanation.decision.outcome == .allow && explanation.decision.obligations.rowsChanged != nil
        let uncounted = isCounted ? preview.uncounted.map { "under the limit rows_changed: \($0)" } : nil
        if let denial = preview.denial ?? uncounted {
            let role = roles.first ?? ""
            explanation.decision = Decision(
                outcome: .deny,
                role: role,
                policy: policy.id,
                reason: denial,
                obligations: Obligations(literals: explanation.decision.obligations.literals)
            )
            explanation.parts = []
            explanation.masks = []
        }
        return explanation
    }

    private func issuer(of question: PolicyQuestion) throws -> IssuerConfiguration {
        let issuers = policy.configuration.issuers
        if let name = question.issuer {
            guard let issuer = issuers.first(where: { $0.name == name }) else {
                throw Failure(
                    "no issuer is named \(name.onOneLine): there is \(PolicyOracle.list(issuers.map(\.name)))"
                )
            }
            return issuer
        }
        guard let url = question.claims.issuer else {
            guard let only = issuers.first, issuers.count == 1 else {
                throw Failure("the claims have no iss: say --issuer \(PolicyOracle.list(issuers.map(\.name)))")
            }
            return only
        }
        let named = issuers.filter { $0.issuer == url }
        guard let issuer = named.first else {
            throw Failure("no issuer is configured as \(url.onOneLine): say --issuer")
        }
        guard named.count == 1 else {
            throw Failure("several issuers are \(url.onOneLine): say --issuer \(PolicyOracle.list(named.map(\.name)))")
        }
        return issuer
    }

    private static func list(_ names: [String]) -> String {
        names.joined(separator: ", ")
    }

    /// Without a catalog a name that begins with `pg_` is taken as one of pg_catalog.
    private static func path(_ question: PolicyQuestion) -> SearchPath {
        let implicit = question.searchPath.contains("pg_catalog") ? [] : ["pg_catalog"]
        if let catalog = question.catalog {
            return SearchPath(schemas: implicit + question.searchPath, catalogRelations: catalog.systemRelations)
        }
        let words = question.sql.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "_") }
        let catalog = Set(words.filter { $0.hasPrefix("pg_") }.map(String.init))
        return SearchPath(schemas: implicit + question.searchPath, catalogRelations: catalog)
    }

    private static func analyse(_ sql: String, limit: Int) -> Analysis {
        let analyzer = StatementAnalyzer(limits: AnalysisLimits(text: limit))
        guard sql.utf8.count > AnalysisLimits.inline else { return analyzer.analyze(sql) }
        // PostgreSQL's parser recurses as deep as the text says.
        let thread = DeepStackThread(name: "analysis")
        defer { thread.close() }
        let slot = AnalysisSlot()
        thread.run { slot.fill(analyzer.analyze(sql)) }
        return slot.wait()
    }
}
