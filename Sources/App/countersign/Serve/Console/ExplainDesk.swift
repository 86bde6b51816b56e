internal import AccessModel
internal import Console
internal import Foundation
internal import Identity
internal import PolicyEngine
internal import PostgresGateway

/// Says what the policy in force would decide, for people who ask in the console.
struct ExplainDesk {
    let policy: PolicyInForce
    let resolver: ConfigurationResolver
    let archive: AuditArchive
    let catalogs: CatalogShelf

    var ports: ExplainPorts {
        ExplainPorts { question throws(ReadRefusal) in
            try await archive.run { () throws(ReadRefusal) in try answer(question) }
        }
    }

    /// What a session last read of the target; nil where none has.
    private func newestCatalog(of name: TargetName) -> (file: CatalogFile, age: Duration)? {
        guard let target = policy.current.policy.configuration.targets.first(where: { $0.name == name.target })
        else { return nil }
        return catalogs.newest(target: target.name, database: name.database ?? target.database)
    }

    private func answer(_ question: ExplainPorts.Question) throws(ReadRefusal) -> JSONBytes {
        let now = SystemClock.now()
        let oracle = PolicyOracle(policy: policy.current.policy, resolver: resolver, now: now)
        let target = TargetName(question.target)
        let catalog = newestCatalog(of: target)
        let claims: ClaimsPreview
        do throws(TokenRefusal) {
            claims = try ClaimsPreview(json: Array(question.claims.utf8))
        } catch {
            throw .invalid("`claims`: \(error.reason)")
        }
        do {
            let verdict = try oracle.answer(
                PolicyQuestion(
                    claims: claims,
                    issuer: question.issuer,
                    user: question.role,
                    target: target.target,
                    database: target.database,
                    source: question.source,
                    reason: question.reason,
                    sql: question.sql,
                    at: question.at,
                    searchPath: question.searchPath,
                    catalog: catalog?.file
                )
            )
            return PolicyReport.json(verdict) { json in
                json.member("catalog_age_s")
                if let catalog { json.append(catalog.age.components.seconds) } else { json.appendRaw("null") }
            }
        } catch let failure as Failure {
            throw .invalid("\(failure)")
        } catch {
            throw .unavailable("the policy does not answer")
        }
    }
}
