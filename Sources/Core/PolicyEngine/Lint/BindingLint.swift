import AccessModel

/// What is weak in a binding (docs/reference/configuration.md, "Bindings").
struct BindingLint {
    let binding: Binding
    let issuer: IssuerConfiguration
    let path: String
    let sink: DiagnosticSink

    func run() {
        lintTenant()
        lintWildcards()
        lintEvents()
        lintActors()
        lintPatterns()
    }

    /// Of an issuer that is not known nobody can say which claims are ids; a pattern is none anywhere.
    private func lintPatterns() {
        guard issuer.preset == .generic, SharedIssuer.find(issuer) == nil else { return }
        let isPinned = binding.claims.contains { claim in
            if case .glob = claim.condition { false } else { true }
        }
        guard !isPinned else { return }
        sink.report(
            .warning,
            at: binding.place,
            "\(path): binds by patterns alone: bind a claim by its exact value, too"
        )
    }

    /// Names can be registered again by somebody else after a rename or a deletion; ids cannot.
    private func lintTenant() {
        let shared = SharedIssuer.find(issuer)
        let ids = (shared?.ids ?? []) + immutableIDs
        if let shared, !pins(ids), !names(shared.names) {
            let words = "\(shared.host) signs for everybody: bind \(shared.ids.prefix(2).joined(separator: " or "))"
            sink.report(.error, at: binding.place, "\(path): \(words)")
        } else if let wanted = ids.first, !pins(ids) {
            let words = "names can be registered again by somebody else: bind \(wanted), which cannot"
            sink.report(.warning, at: binding.place, "\(path): \(words)")
        }
    }

    private var immutableIDs: [String] {
        switch issuer.preset {
        case .github: ["repository_id", "repository_owner_id", "enterprise_id"]
        case .gitlab: ["project_id", "namespace_id", "job_project_id", "job_namespace_id"]
        case .kubernetes: ["kubernetes.io.serviceaccount.uid"]
        case .generic: []
        }
    }

    private func pins(_ paths: [String]) -> Bool {
        binding.claims.contains { claim in
            if case .glob = claim.condition { return false }
            return paths.contains(claim.path)
        }
    }

    /// A pattern names a tenant when the text before its first wildcard reaches past a `/`.
    private func names(_ paths: [String]) -> Bool {
        binding.claims.contains { claim in
            guard paths.contains(claim.path) else { return false }
            guard case .glob(_, let text) = claim.condition else { return true }
            return text.prefix { $0 != "*" }.contains("/")
        }
    }

    private func lintWildcards() {
        for claim in binding.claims {
            guard case .glob(let glob, let text) = claim.condition else { continue }
            if claim.path == "sub" {
                let words = "its parts change with settings of the repository: bind the claims that you mean instead"
                warn(claim, "a pattern on sub also matches what nobody thought of, and \(words)")
            } else if claim.path == "job_workflow_ref", text.hasSuffix("@*") || text.hasSuffix("@**") {
                warn(claim, "any branch of the shared repository gets in: pin the ref after `@`, or job_workflow_sha")
            } else if glob.isEverything {
                warn(claim, "matches every value: it only asks that the claim is there")
            }
        }
    }

    /// Such runs carry the base branch's ref and commit, while their input comes from whoever opened the request.
    private static let foreignEvents = ["pull_request_target", "workflow_run", "issue_comment"]

    private func lintEvents() {
        guard issuer.preset == .github else { return }
        guard let claim = binding.claims.first(where: { $0.path == "event_name" }) else {
            let words = "bind event_name, such as {one_of: [push, schedule, workflow_dispatch]}"
            let why = "a pull_request_target run has the base branch's ref and commit, and a stranger's input"
            return sink.report(.warning, at: binding.place, "\(path): \(why): \(words)")
        }
        for event in BindingLint.foreignEvents where claim.condition.matches(.string(event)) {
            warn(claim, "\(event) runs have the base branch's ref and commit, and a stranger's input")
        }
    }

    private static let actors: Set<String> = [
        "actor", "actor_id", "user_id", "user_login", "user_email", "user_access_level",
    ]

    private func lintActors() {
        guard binding.claims.allSatisfy({ BindingLint.actors.contains($0.path) }) else { return }
        let words = "who started a run is not who wrote what it runs: bind the project, too"
        sink.report(.warning, at: binding.place, "\(path): \(words)")
    }

    private func warn(_ claim: Binding.Claim, _ words: String) {
        sink.report(.warning, at: claim.place, "\(path).claims.\(claim.path.shown): \(words)")
    }
}
