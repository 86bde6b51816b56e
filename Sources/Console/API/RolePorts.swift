package import AccessModel

/// What the console asks of roles and identities; the composition root fills it.
///
/// A ROLE is `{"name":"…","description":"…"|null,"owner":{"id":"…","name":"…","status":"active"|"left"|"unknown"},
/// "state":"active"|"closed"|"expiring"|"expired"|"stopped","expires":"…Z","last_day":"2027-06-30","targets":["…"],
/// "bindings":1,"grants":2,"last_use":"…Z"|null,"live":3,"warnings":["…"]}`. It is `closed` outside of its hours, `expiring`
/// within 30 days of its end and `stopped` where its owner has left. `expires` is the first moment at which it is none any
/// more, `last_day` the day before, which the configuration names. `last_use` is when a session last began with it.
/// Warnings are those of `check`.
package struct RolePorts: Sendable {
    /// `{"policy":"sha256:…","roles":[ROLE,…]}`, in the order of the configuration.
    package var list: @Sendable () async throws(ReadRefusal) -> JSONBytes
    /// A ROLE, and `"bind":[{"issuer":"gitlab","claims":[{"claim":"project_id","is":"exact"|"glob"|"one_of","values":["4711"]},
    /// …]},…],"session":{"max_duration_s":1800,"idle_s":300,"when":"…"|null,"sources":["10.20.0.0/16"]|null,"require":["commit"],
    /// "justification":"optional"|"required"|"claim NAME"},"literals":"exact"|"redacted","allowed":[{"target":"…",
    /// "rules":[{"verdict":"allow"|"hold"|"deny","action":"select","object":"public.orders","path":"roles.…"},…],
    /// "masks":[{"column":"public.customers.email","method":"email"},…],"approval":{"approvers":["group:dba"],"quorum":1,
    /// "within_s":900}|null,"limits":{…},"when":"…"|null},…],"sessions":[SESSION,…]}`, those that live, at most 50; nil where
    /// there is no such role.
    package var find: @Sendable (_ name: String) async throws(ReadRefusal) -> JSONBytes?
    /// `{"principals":[{"kind":"workload","issuer":"…","subject":"…","last_session":"…"|null,"last_seen":"…Z","roles":["…"],
    /// "live":1},…],"next":"CURSOR"|null}`: everybody that the index knows, by name; `roles` are those of the last session.
    package var principals: @Sendable (PageRequest) async throws(ReadRefusal) -> JSONBytes

    package init(
        list: @escaping @Sendable () async throws(ReadRefusal) -> JSONBytes,
        find: @escaping @Sendable (String) async throws(ReadRefusal) -> JSONBytes?,
        principals: @escaping @Sendable (PageRequest) async throws(ReadRefusal) -> JSONBytes
    ) {
        self.list = list
        self.find = find
        self.principals = principals
    }

    private static let refusal = ReadRefusal.unavailable("roles are not connected")

    package static let none = RolePorts(
        list: { () throws(ReadRefusal) in throw refusal },
        find: { _ throws(ReadRefusal) in throw refusal },
        principals: { _ throws(ReadRefusal) in throw refusal }
    )
}
