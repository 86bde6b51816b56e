/// Somebody who answers a hold: known to the gateway by a login, or by its admin socket.
package struct ApprovingPerson: Hashable, Sendable, Codable {
    /// As the configuration names people: an e-mail address as a rule.
    package var id: String
    package var name: String
    package var groups: Set<String>
    /// How the answer came: `console`, `api`, `cli`. For the record.
    package var channel: String
    /// Other names of the same person (the issuer's user name, an e-mail address): none of them may have asked.
    package var aliases: Set<String>
    /// Known only as whoever may open the admin socket, and not as one of the people of the configuration.
    package var isLocal: Bool

    package init(
        id: String,
        name: String,
        groups: Set<String>,
        channel: String,
        aliases: Set<String> = [],
        isLocal: Bool = false
    ) {
        self.id = id
        self.name = name
        self.groups = groups
        self.channel = channel
        self.aliases = aliases
        self.isLocal = isLocal
    }

    /// Whether this is one of their names, in whatever case.
    func isCalled(_ other: String) -> Bool {
        let other = other.lowercased()
        return id.lowercased() == other || name.lowercased() == other || aliases.contains { $0.lowercased() == other }
    }
}
