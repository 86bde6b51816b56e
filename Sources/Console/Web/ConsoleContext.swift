internal import AccessModel
internal import Hummingbird
internal import NIOCore

/// A request of the console: who sent it, as far as that is known.
struct ConsoleContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Nil where nobody has logged in.
    var person: SignedInPerson?
    /// The secret of their session.
    var session: String?
    /// Whether the secret came in a header that no other site can make a browser send.
    var isBearer = false
    var source: SocketAddress?

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        self.source = source.channel.remoteAddress
    }

    /// The person, where they may do this.
    /// - Throws: 401 where nobody has logged in, 403 where they may not.
    func require(_ capability: Capability) throws -> SignedInPerson {
        let person = try requirePerson()
        guard person.may(capability) else {
            throw Problem(.forbidden, "this needs the capability \(capability.rawValue), which you do not have")
        }
        return person
    }

    func requirePerson() throws -> SignedInPerson {
        guard let person else { throw Problem(.unauthorized, "log in first") }
        return person
    }
}
