/// An issuer that signs tokens for everybody who has an account with it: a binding to it has to say whose.
struct SharedIssuer {
    var host: String
    /// Claims that name the tenant and cannot be registered again.
    var ids: [String]
    /// Claims that name the tenant by a name.
    var names: [String]

    static let all = [
        SharedIssuer(
            host: "token.actions.githubusercontent.com",
            ids: ["repository_id", "repository_owner_id", "enterprise_id"],
            names: ["repository", "repository_owner", "enterprise", "sub", "workflow_ref", "job_workflow_ref"]
        ),
        SharedIssuer(
            host: "gitlab.com",
            ids: ["project_id", "namespace_id", "job_project_id", "job_namespace_id"],
            names: [
                "project_path", "namespace_path", "job_project_path", "job_namespace_path", "sub", "ci_config_ref_uri",
            ]
        ),
        SharedIssuer(
            host: "agent.buildkite.com",
            ids: ["organization_id", "pipeline_id", "cluster_id"],
            names: ["organization_slug", "sub"]
        ),
        SharedIssuer(
            host: "app.terraform.io",
            ids: ["terraform_organization_id", "terraform_project_id", "terraform_workspace_id"],
            names: ["terraform_organization_name", "terraform_full_workspace", "sub"]
        ),
        SharedIssuer(host: "accounts.google.com", ids: ["sub"], names: ["email"]),
    ]

    static func find(_ issuer: IssuerConfiguration) -> SharedIssuer? {
        let host = issuer.issuer.dropFirst("https://".count).prefix { $0 != "/" && $0 != ":" }.lowercased()
        return all.first { $0.host == host }
    }
}
