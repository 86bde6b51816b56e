/// What a gateway tells a client whose command is held.
package struct HoldTicket: Hashable, Sendable {
    package var id: ULID
    /// Where the approval is; nil where the gateway has no address for people.
    package var link: String?
    package var expires: Timestamp
    /// People have answered already: the answer follows at once, and nobody needs to be told that it waits.
    package var isPreapproved: Bool

    package init(id: ULID, link: String?, expires: Timestamp, isPreapproved: Bool = false) {
        self.id = id
        self.link = link
        self.expires = expires
        self.isPreapproved = isPreapproved
    }
}
