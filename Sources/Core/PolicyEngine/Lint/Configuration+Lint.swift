package import AccessModel

extension Configuration {
    /// How long before its end a role is told about.
    package static let notice = Duration.seconds(30 * 86_400)

    /// What depends on the time: roles that have expired, or will within 30 days. `file` is the name that diagnostics
    /// show.
    package func lint(at moment: Timestamp, file: String) -> [Diagnostic] {
        let sink = DiagnosticSink(file: file)
        for role in roles {
            if moment >= role.expires {
                sink.report(
                    .warning,
                    at: role.place,
                    "roles.\(role.name): expired after \(role.lastDay): it is bound to nobody"
                )
            } else if moment.advanced(by: Configuration.notice) >= role.expires {
                sink.report(.warning, at: role.place, "roles.\(role.name): expires after \(role.lastDay)")
            }
        }
        return sink.sorted
    }

    /// What only a snapshot of one of a target's databases shows: masks that hide nothing or cannot hide, grants on
    /// relations and columns that there are not.
    package func lint(target: String, catalog: Catalog, file: String) -> [Diagnostic] {
        let sink = DiagnosticSink(file: file)
        for role in roles { CatalogLint(role: role, catalog: catalog, sink: sink).run(target: target) }
        return sink.sorted
    }

    /// What is accepted and should still be looked at, and the few things that only show when the file is whole.
    func lint(into sink: DiagnosticSink) {
        lintIssuers(sink)
        lintTargets(sink)
        for role in roles {
            if role.isStopped {
                let words = "its owner \(role.owner) has left: it is stopped and bound to nobody"
                sink.report(.warning, at: role.place, "roles.\(role.name): \(words)")
            }
            for (index, binding) in role.bindings.enumerated() {
                guard let issuer = issuers.first(where: { $0.name == binding.issuer }) else { continue }
                let path = "roles.\(role.name).bind[\(index)]"
                BindingLint(binding: binding, issuer: issuer, path: path, sink: sink).run()
            }
            GrantLint(role: role, sink: sink).run()
        }
    }

    private func lintIssuers(_ sink: DiagnosticSink) {
        for (index, issuer) in issuers.enumerated() {
            let path = "issuers.\(issuer.name)"
            if let twin = issuers[..<index].first(where: { $0.issuer == issuer.issuer }),
                twin.keys == .discovery || issuer.keys == .discovery || twin.keys == issuer.keys
            {
                let words = "has the URL of `\(twin.name)`: then each needs jwks of its own"
                sink.report(.error, at: issuer.place, "\(path): \(words)")
            }
            if issuer.maxTokenAge > .seconds(3600) {
                sink.report(.warning, at: issuer.place, "\(path): tokens serve for more than an hour after their issue")
            }
            if issuer.allowsForkPipelines {
                let words = "such a job's code is the fork's: bind project_id, and never job_project_id alone"
                sink.report(.warning, at: issuer.place, "\(path).allow_fork_pipelines: \(words)")
            }
            if issuer.allowsOtherAudiences {
                let words = "the other services that accept such a token can present it here"
                sink.report(.warning, at: issuer.place, "\(path).allow_other_audiences: \(words)")
            }
            for audience in issuer.audiences where Configuration.isForeign(audience, of: issuer) {
                let words = "`\(audience.shown)` is an audience that other services accept too: use one of your own"
                sink.report(.warning, at: issuer.place, "\(path): \(words)")
            }
        }
    }

    /// Audiences that issuers put in by default: any service that accepts them can replay the token here.
    private static func isForeign(_ audience: String, of issuer: IssuerConfiguration) -> Bool {
        audience == issuer.issuer || audience.hasPrefix("https://github.com/") || audience == "https://gitlab.com"
            || ["api://AzureADTokenExchange", "sts.amazonaws.com", "sigstore"].contains(audience)
    }

    private func lintTargets(_ sink: DiagnosticSink) {
        for target in targets {
            guard case .network(let address) = target.address, !address.isLoopback else { continue }
            let weakness: String
            switch target.tls.mode {
            case .verifyFull: continue
            case .verifyCA: weakness = "any server with a certificate of that authority passes for the target"
            case .require: weakness = "the target is not verified: whoever sits between sees everything"
            case .disable, .allow, .prefer: weakness = "the connection may be in plain text"
            }
            let words = "tls mode \(target.tls.mode.rawValue): \(weakness); use verify-full"
            sink.report(.warning, at: target.place, "targets.\(target.name): \(words)")
        }
    }
}
