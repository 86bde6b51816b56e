internal import Foundation
internal import JWTKit

/// The claims of a GitLab ID token (GitLab documentation, "OpenID Connect (OIDC) Authentication Using ID Tokens"),
/// texts as GitLab writes them: `"ref_protected": "true"`, and `runner_id` a number.
struct DemoClaims: JWTPayload {
    var iss: String
    var sub: String
    var aud: String
    var iat: Int
    var nbf: Int
    var exp: Int
    var jti: String
    var namespaceID = "72"
    var namespacePath = "finance"
    var projectID: String
    var projectPath = "finance/reconcile"
    var userID = "31"
    var userLogin: String
    var userEmail: String
    var pipelineID: String
    var pipelineSource = "schedule"
    var jobID = "5151"
    var ref: String
    var refType = "branch"
    var refPath: String
    var refProtected: String
    var environment: String
    var environmentProtected: String
    var runnerID = 7
    var runnerEnvironment = "self-hosted"
    var sha: String
    var ciConfigRefURI: String

    enum CodingKeys: String, CodingKey {
        case iss, sub, aud, iat, nbf, exp, jti, ref, environment, sha
        case namespaceID = "namespace_id"
        case namespacePath = "namespace_path"
        case projectID = "project_id"
        case projectPath = "project_path"
        case userID = "user_id"
        case userLogin = "user_login"
        case userEmail = "user_email"
        case pipelineID = "pipeline_id"
        case pipelineSource = "pipeline_source"
        case jobID = "job_id"
        case refType = "ref_type"
        case refPath = "ref_path"
        case refProtected = "ref_protected"
        case environmentProtected = "environment_protected"
        case runnerID = "runner_id"
        case runnerEnvironment = "runner_environment"
        case ciConfigRefURI = "ci_config_ref_uri"
    }

    /// `lifetime` is in seconds. A token that has expired was issued before it did.
    init(_ job: DemoJob, issuer: String, lifetime: Int, now: Date) {
        let moment = Int(now.timeIntervalSince1970)
        let issued = min(moment, moment + lifetime - 1)
        iss = issuer
        sub = "project_path:finance/reconcile:ref_type:branch:ref:\(job.ref)"
        aud = DemoIssuer.audience
        iat = issued
        nbf = issued - 5
        exp = moment + lifetime
        jti = UUID().uuidString.lowercased()
        projectID = job.project
        userLogin = job.user
        userEmail = "\(job.user)@example.com"
        pipelineID = job.run
        ref = job.ref
        refPath = "refs/heads/\(job.ref)"
        refProtected = "\(job.isProtected)"
        environment = job.environment
        environmentProtected = "\(job.isProtected)"
        sha = job.commit
        ciConfigRefURI = "gitlab.example.com/finance/reconcile//.gitlab-ci.yml@refs/heads/\(job.ref)"
    }

    /// The demo issuer signs and never verifies.
    func verify(using _: some JWTAlgorithm) {}
}
