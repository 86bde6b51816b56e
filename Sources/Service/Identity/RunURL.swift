import AccessModel

/// The page of a run, made from the issuer's URL and signed claims. A link that people will click: nil unless every
/// part of it is plain, so that no claim can lead it elsewhere.
enum RunURL {
    /// `https://HOST/OWNER/REPOSITORY/actions/runs/ID`.
    static func github(issuer: String, claims: Claims) -> String? {
        guard let site = githubSite(issuer), let repository = path(claims["repository"]?.text),
            let run = digits(claims["run_id"]?.text)
        else { return nil }
        return "\(site)/\(repository)/actions/runs/\(run)"
    }

    /// `https://HOST/PROJECT/-/pipelines/ID`. A pipeline of a fork that runs in the parent is the parent's.
    static func gitlab(issuer: String, claims: Claims) -> String? {
        let project = claims["job_project_path"]?.text ?? claims["project_path"]?.text
        guard issuer.hasPrefix("https://") || issuer.hasPrefix("http://"), let path = path(project),
            let pipeline = digits(claims["pipeline_id"]?.text)
        else { return nil }
        return "\(issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer)/\(path)/-/pipelines/\(pipeline)"
    }

    /// The site of a token service: github.com, a data residency host, or an own server (`/_services/token`); Gitea and
    /// Forgejo have theirs under `/api/actions`.
    private static func githubSite(_ issuer: String) -> String? {
        guard issuer.hasPrefix("https://") || issuer.hasPrefix("http://") else { return nil }
        let parts = issuer.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        let host = parts[2].prefix(while: { $0 != "/" })
        let rest = parts[2].dropFirst(host.count)
        if host == "token.actions.githubusercontent.com" { return "https://github.com" }
        if host.hasPrefix("token.actions."), host.hasSuffix(".ghe.com") {
            return "https://\(host.dropFirst("token.actions.".count))"
        }
        for suffix in ["/_services/token", "/api/actions", "/api/actions/oidc"] where rest.hasSuffix(suffix) {
            return String(issuer.dropLast(suffix.count))
        }
        return nil
    }

    private static func path(_ text: String?) -> String? {
        guard let text else { return nil }
        let segments = text.split(separator: "/", omittingEmptySubsequences: false)
        let isPlain = segments.allSatisfy { segment in
            !segment.isEmpty && segment != "." && segment != ".."
                && segment.utf8.allSatisfy { isAlphanumeric($0) || [0x2D, 0x2E, 0x5F].contains($0) }
        }
        return isPlain ? text : nil
    }

    private static func digits(_ text: String?) -> String? {
        guard let text, (1...20).contains(text.utf8.count) else { return nil }
        return text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? text : nil
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}
