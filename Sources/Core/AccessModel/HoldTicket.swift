/// What a gateway tells a client whose command is held.
package struct HoldTicket: Hashable, Sendable {
    package var id: ULID
    /// Where the approval is; nil where the gateway has no address for people.
    package var link: String?
    package var expires: Timestamp

    package init(id: ULID, link: String?, expires: Timestamp) {
        self.id = id
        self.link = link
        self.expires = expires
    }
}
