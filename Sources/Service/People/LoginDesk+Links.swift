internal import AccessModel
internal import Synchronization

/// Links that log in the local operator: what the admin socket may do anyway, in a browser
/// (docs/decisions/0028-bootstrap-login.md).
extension LoginDesk {
    package static let linkLifetime = Duration.seconds(300)
    package static let linkLimit = 100

    /// Gives the key of a link that serves once, within five minutes.
    package func makeLink() throws(LoginRefusal) -> String {
        guard let local = ports.local() else { throw .unknownLink }
        let key = Secrets.text(ports.random(32))
        let now = ports.now()
        let hasRoom = state.withLock { state in
            state.links = state.links.filter { LoginDesk.isOpen($0.value, at: now) }
            return state.links.count < LoginDesk.linkLimit
        }
        guard hasRoom else { throw .tooMany }
        guard record(.personLinkMade, person: local.id, isLocal: true, channel: LoginDesk.adminSocket) else {
            throw .notRecorded
        }
        state.withLock { $0.links[Secrets.digest(key)] = now }
        return key
    }

    /// Whether a link would still serve. Asking spends nothing: programs follow links before people do.
    package func isOffered(link key: String) -> Bool {
        let now = ports.now()
        return state.withLock { state in
            state.links[Secrets.digest(key)].map { LoginDesk.isOpen($0, at: now) } ?? false
        }
    }

    /// Logs in the local operator. Who made the link proved at that time that they may open the socket.
    package func enter(link key: String) throws(LoginRefusal) -> String {
        let now = ports.now()
        let made = state.withLock { $0.links.removeValue(forKey: Secrets.digest(key)) }
        guard let made, LoginDesk.isOpen(made, at: now), let local = ports.local() else { throw .unknownLink }
        guard record(.personSignedIn, person: local.id, isLocal: true, channel: LoginDesk.link) else {
            throw .notRecorded
        }
        let session = PersonSession(
            person: local.id,
            groups: [],
            aliases: [],
            began: now,
            authenticated: made,
            lastSeen: now,
            formToken: Secrets.text(ports.random(32)),
            channel: LoginDesk.link,
            isLocal: true
        )
        return try open(session, replacing: nil)
    }

    static let link = "link"
    static let adminSocket = "admin socket"

    private static func isOpen(_ made: Timestamp, at now: Timestamp) -> Bool { now < made.advanced(by: linkLifetime) }
}
