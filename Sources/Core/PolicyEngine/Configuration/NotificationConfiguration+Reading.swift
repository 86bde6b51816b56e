import AccessModel

extension NotificationConfiguration {
    private static let usualEvents: [Event] = [.requested, .escalated, .decided, .expired]

    /// `{webhook: {…}}` or `{smtp: {…}}`, with `events` and `approvers`.
    static func read(_ name: String, _ place: Place, _ field: Field, people: [Person]) -> NotificationConfiguration? {
        guard Field.isName(name) else { return field.fail(Field.nameRule(name)) }
        guard var map = MappingReader(field) else { return nil }
        let webhook = map.optional("webhook") { Webhook.read($0) }
        let smtp = map.optional("smtp") { SMTP.read($0, people: people) }
        let events = map.optional("events", default: usualEvents) { $0.list(of: "events") { $0.choice(Event.self) } }
        let approvers = map.optional("approvers") { Approver.readList($0, people: people) }
        map.finish()
        guard map.has("webhook") != map.has("smtp") else { return field.fail("expected one of webhook and smtp") }
        guard let destination = webhook.map(Destination.webhook) ?? smtp.map(Destination.smtp) else { return nil }
        return NotificationConfiguration(
            name: name,
            destination: destination,
            events: events,
            approvers: approvers,
            place: place
        )
    }
}

extension NotificationConfiguration.Webhook {
    static func read(_ field: Field) -> NotificationConfiguration.Webhook? {
        guard var map = MappingReader(field) else { return nil }
        let url = map.required("url") { readAddress($0) }
        let format = map.optional("format", default: Format.json) { $0.choice() }
        let secret = map.optional("secret") { SecretReference.read($0) }
        let ca = map.optional("ca") { $0.line() }
        map.finish()
        guard let url else { return nil }
        guard format != .json || map.has("secret") else {
            return field.fail("`secret` is missing: without it a receiver cannot know who sends")
        }
        return Self(url: url, format: format, secret: secret, ca: ca)
    }

    /// A URL, or where it is kept.
    private static func readAddress(_ field: Field) -> Address? {
        if case .mapping = field.node.content { return SecretReference.read(field).map(Address.secret) }
        return field.url().map(Address.url)
    }
}

extension NotificationConfiguration.SMTP {
    static func read(_ field: Field, people: [Person]) -> NotificationConfiguration.SMTP? {
        guard var map = MappingReader(field) else { return nil }
        let address = map.required("address") { field in
            field.line(limit: 300).flatMap { text in
                NetworkAddress(text) ?? field.fail("expected HOST:PORT or [IPV6]:PORT, not `\(text.shown)`")
            }
        }
        let security = map.optional("tls", default: Security.starttls) { $0.choice() }
        let ca = map.optional("ca") { $0.line() }
        let from = map.required("from") { $0.mailAddress() }
        let credential = map.optional("credential") { Credential.read($0) }
        let own = map.optional("to", default: [:]) { readRecipients($0, people) }
        map.finish()
        guard let address, let from else { return nil }
        guard security != .none || address.isLoopback else {
            return field.fail("without TLS mail is accepted to a loopback address only, not to \(address)")
        }
        let recipients = usual(people).merging(own) { $1 }
        guard !recipients.isEmpty else { return field.fail("nobody has an address: give `to`") }
        return Self(
            address: address,
            security: security,
            ca: ca,
            from: from,
            credential: credential,
            recipients: recipients
        )
    }

    /// `{"group:dba": dba@example.com, ana@example.com: [ana@example.com]}`
    private static func readRecipients(_ field: Field, _ people: [Person]) -> [Approver: [String]]? {
        let groups = Set(people.flatMap(\.groups))
        let entries = MappingReader.entries(of: field) { key, place, value -> (Approver, [String])? in
            let approver = key.hasPrefix("group:") ? Approver.group(String(key.dropFirst(6))) : .person(key)
            let isKnown =
                switch approver {
                case .group(let name): groups.contains(name)
                case .person(let id): people.contains { $0.id == id }
                case .local: false
                }
            guard isKnown else { return field.fail("there is no person or group `\(key.shown)`") }
            return value.oneOrMore(of: "addresses") { $0.mailAddress() }.map { (approver, $0) }
        }
        return entries.map { Dictionary($0) { first, _ in first } }
    }

    /// A person's id where it is an address; a group's are those of its active people.
    private static func usual(_ people: [Person]) -> [Approver: [String]] {
        var all: [Approver: [String]] = [:]
        for person in people where person.status == .active && Field.isMailAddress(person.id) {
            all[.person(person.id)] = [person.id]
            for group in person.groups { all[.group(group), default: []].append(person.id) }
        }
        return all
    }
}

extension NotificationConfiguration.SMTP.Credential {
    static func read(_ field: Field) -> NotificationConfiguration.SMTP.Credential? {
        guard var map = MappingReader(field) else { return nil }
        let user = map.required("user") { $0.line(limit: 256) }
        let password = map.required("password") { SecretReference.read($0) }
        map.finish()
        guard let user, let password else { return nil }
        return Self(user: user, password: password)
    }
}

extension Field {
    fileprivate func mailAddress() -> String? {
        guard let text = line(limit: 254) else { return nil }
        return Field.isMailAddress(text) ? text : fail("expected an address such as dba@example.com")
    }

    /// Of the characters that need no quotes in SMTP: RFC 5321 section 4.1.2, Dot-string and Domain.
    fileprivate static func isMailAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        func isPlain(_ byte: UInt8) -> Bool {
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        }
        guard parts.count == 2, text.utf8.count <= 254 else { return false }
        return parts.allSatisfy { !$0.isEmpty && !$0.hasPrefix(".") && !$0.hasSuffix(".") && !$0.contains("..") }
            && parts[0].utf8.allSatisfy { isPlain($0) || "!#$%&'*+-/=?^_`{|}~.".utf8.contains($0) }
            && parts[1].utf8.allSatisfy { isPlain($0) || $0 == 0x2D || $0 == 0x2E }
    }
}
