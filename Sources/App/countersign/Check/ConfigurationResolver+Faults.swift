internal import Foundation
internal import PolicyEngine

extension ConfigurationResolver {
    /// What only shows when files and secrets are looked at.
    func faults(of configuration: Configuration, at places: ConfigurationPlaces) -> [Diagnostic] {
        var faults = ConfigurationFaults(self, at: places)
        if let postgres = configuration.listen.postgres { look(at: postgres, "postgres", &faults) }
        if let console = configuration.listen.console { look(at: console, "console", &faults) }
        faults.attempt("listen", "console", "metrics") {
            _ = try metricsAccess(configuration.listen.consoleTerms.metrics)
        }
        for target in configuration.targets { look(at: target, &faults) }
        for issuer in configuration.issuers { look(at: issuer, &faults) }
        for export in configuration.exports {
            faults.attempt(at: export.place) { _ = try destination(export, origin: configuration.ledger.origin) }
        }
        for notification in configuration.notifications {
            faults.attempt(at: notification.place) { _ = try notifications(notification, of: configuration) }
        }
        if let login = configuration.login { look(at: login, &faults) }
        look(at: configuration.ledger, &faults)
        return faults.found
    }

    private func look(at listener: ListenerConfiguration, _ name: String, _ faults: inout ConfigurationFaults) {
        guard let tls = listener.tls else { return }
        let parts: [ConfigurationFaults.Part] = [
            ("certificate", { _ = try certificates(tls.certificate) }), ("key", { _ = try secret(tls.key) }),
        ]
        faults.attempt("listen", name, "tls", parts: parts) { _ = try listenerTLS(listener) }
    }

    private func look(at target: TargetConfiguration, _ faults: inout ConfigurationFaults) {
        var parts: [ConfigurationFaults.Part] = []
        if let ca = target.tls.ca { parts.append(("tls.ca", { _ = try certificates(ca) })) }
        if let certificate = target.tls.certificate {
            parts.append(("tls.certificate", { _ = try certificates(certificate) }))
        }
        if let key = target.tls.key { parts.append(("tls.key", { _ = try secret(key) })) }
        if let password = target.credential.password {
            parts.append(("credential.password", { _ = try secret(password) }))
        }
        faults.attempt("targets", target.name, parts: parts) { _ = try self.target(target) }
    }

    private func look(at issuer: IssuerConfiguration, _ faults: inout ConfigurationFaults) {
        if let ca = issuer.ca { faults.attempt("issuers", issuer.name, "ca") { _ = try certificates(ca) } }
        guard case .file(let name) = issuer.keys else { return }
        faults.attempt("issuers", issuer.name, "jwks") {
            guard FileManager.default.isReadableFile(atPath: resolve(name)) else {
                throw Failure("\(resolve(name)) cannot be read")
            }
        }
    }

    private func look(at login: LoginConfiguration, _ faults: inout ConfigurationFaults) {
        if let ca = login.ca { faults.attempt("login", "ca") { _ = try certificates(ca) } }
        if let reference = login.secret { faults.attempt("login", "secret") { _ = try secret(reference) } }
    }

    private func look(at ledger: LedgerConfiguration, _ faults: inout ConfigurationFaults) {
        let witnessing = ledger.witnessing
        if let first = witnessing.witnesses.first { faults.attempt(at: first.place) { _ = try witnesses(witnessing) } }
        if let first = witnessing.witnessFor.first {
            faults.attempt(at: first.place) { _ = try witnessedLogs(witnessing, origin: ledger.origin) }
        }
        if let token = ledger.publication.token {
            faults.attempt("ledger", "publish", "token") { _ = try ledgerToken(token) }
        }
    }
}
