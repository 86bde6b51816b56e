internal import AccessModel
internal import Console
internal import Foundation
internal import Identity
internal import PolicyEngine

/// Says what the policy in force would decide, for people who ask in the console.
struct ExplainDesk {
    let policy: PolicyInForce
    let resolver: ConfigurationResolver
    let archive: AuditArchive

    var ports: ExplainPorts {
        ExplainPorts { question throws(ReadRefusal) in
            try await archive.run { () throws(ReadRefusal) in try answer(question) }
        }
    }

    private func answer(_ question: ExplainPorts.Question) throws(ReadRefusal) -> JSONBytes {
        let now = SystemClock.now()
        let oracle = PolicyOracle(policy: policy.current.policy, resolver: resolver, now: now)
        let target = TargetName(question.target)
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
                    catalog: nil
                )
            )
            return PolicyReport.json(verdict)
        } catch let failure as Failure {
            throw .invalid("\(failure)")
        } catch {
            throw .unavailable("the policy does not answer")
        }
    }
}
