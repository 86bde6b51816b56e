import AccessModel

/// From the claims of a platform to provenance in normal form.
struct ProvenanceMapping {
    var preset: IssuerPreset
    var claimMap: [Provenance.Field: String]

    /// Throws `.oversizedClaim` and `.unprintableClaim` for a text that may not stand in a record.
    func provenance(of claims: Claims, issuer: String) throws(TokenRefusal) -> Provenance {
        var provenance = Provenance()
        for field in Provenance.Field.allCases {
            guard let text = text(of: field, in: claims, issuer: issuer) else { continue }
            try ClaimText.check(text, of: claimMap[field] ?? field.rawValue)
            provenance[field] = text
        }
        return provenance
    }

    private func text(of field: Provenance.Field, in claims: Claims, issuer: String) -> String? {
        if let path = claimMap[field] { return claims[path]?.text }
        for path in ProvenanceMapping.paths(of: field, in: preset) {
            if let text = claims[path]?.text, !text.isEmpty { return text }
        }
        return switch (preset, field) {
        case (.github, .runURL): RunURL.github(issuer: issuer, claims: claims)
        case (.gitlab, .runURL): RunURL.gitlab(issuer: issuer, claims: claims)
        case (.kubernetes, .pipeline): ProvenanceMapping.serviceAccount(claims)
        case (.github, _), (.gitlab, _), (.kubernetes, _), (.generic, _): nil
        }
    }

    /// The claims that may hold a field, the best first.
    private static func paths(of field: Provenance.Field, in preset: IssuerPreset) -> [String] {
        switch preset {
        case .github: github[field] ?? []
        case .gitlab: gitlab[field] ?? []
        case .kubernetes: kubernetes[field] ?? []
        case .generic: []
        }
    }

    /// `check_run_id` is the newer claim that names the job; Gitea has `job_id`.
    private static let github: [Provenance.Field: [String]] = [
        .pipeline: ["workflow_ref", "workflow"],
        .run: ["run_id"],
        .job: ["check_run_id", "job_id"],
        .repository: ["repository"],
        .commit: ["sha"],
        .ref: ["ref"],
        .environment: ["environment"],
        .trigger: ["event_name"],
        .triggeredBy: ["actor"],
    ]

    /// `ci_config_ref_uri` is null unless the configuration lives in a repository.
    private static let gitlab: [Provenance.Field: [String]] = [
        .pipeline: ["ci_config_ref_uri", "project_path"],
        .run: ["pipeline_id"],
        .job: ["job_id"],
        .repository: ["project_path"],
        .commit: ["sha"],
        .ref: ["ref_path", "ref"],
        .environment: ["environment"],
        .trigger: ["pipeline_source"],
        .triggeredBy: ["user_login"],
    ]

    private static let kubernetes: [Provenance.Field: [String]] = [
        .run: ["kubernetes.io.pod.uid"],
        .job: ["kubernetes.io.pod.name"],
        .environment: ["kubernetes.io.namespace"],
    ]

    /// `NAMESPACE/NAME` of `system:serviceaccount:NAMESPACE:NAME`.
    private static func serviceAccount(_ claims: Claims) -> String? {
        guard case .string(let subject)? = claims.values["sub"] else { return nil }
        let parts = subject.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 4 ? "\(parts[2])/\(parts[3])" : nil
    }
}
