/// A role of a session that counts now, and has a grant on the session's target.
struct LiveRole {
    let name: String
    let access: CompiledRole.Access
}
