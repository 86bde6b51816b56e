import AccessModel

/// What makes a token a workload's and not a person's or an older kind's from the same issuer.
enum WorkloadRules {
    /// Throws `.notWorkload`; `.forkPipeline` for a fork's pipeline in a parent project, unless that is allowed.
    static func check(_ claims: Claims, for issuer: TrustedIssuer) throws(TokenRefusal) {
        switch issuer.preset {
        case .github: try require(["repository", "run_id"], in: claims)
        case .gitlab: try checkGitLab(claims, allowsForks: issuer.allowsForkPipelines)
        case .kubernetes: try checkKubernetes(claims)
        case .generic: break
        }
    }

    /// GitLab signs the ID tokens of people's logins with the same keys and issuer.
    private static func checkGitLab(_ claims: Claims, allowsForks: Bool) throws(TokenRefusal) {
        try require(["project_id", "pipeline_id", "job_id"], in: claims)
        // `project_*` is the fork, `job_project_*` where the job runs, with the parent's variables and runners.
        guard let home = claims["job_project_id"]?.text, home != claims["project_id"]?.text else { return }
        guard allowsForks else {
            throw TokenRefusal(.forkPipeline, "the job runs in another project than the one its code is from")
        }
    }

    /// The token that is mounted by default lives for a year and carries `warnafter`.
    private static func checkKubernetes(_ claims: Claims) throws(TokenRefusal) {
        guard claims["kubernetes.io.warnafter"] == nil, claims["warnafter"] == nil else {
            throw TokenRefusal(.notWorkload, "a default service account token (warnafter): mount a projected one")
        }
        guard case .string(let subject)? = claims["sub"] else { throw TokenRefusal(.missingClaim, "sub is missing") }
        let parts = subject.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "system", parts[1] == "serviceaccount", !parts[2].isEmpty,
            !parts[3].isEmpty
        else { throw TokenRefusal(.notWorkload, "sub is not a service account") }
    }

    private static func require(_ names: [String], in claims: Claims) throws(TokenRefusal) {
        for name in names {
            guard let text = claims.values[name]?.text, !text.isEmpty else {
                throw TokenRefusal(.notWorkload, "\(name) is missing: not a job's token")
            }
        }
    }
}
