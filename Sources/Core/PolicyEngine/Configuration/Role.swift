package import AccessModel

/// What bound workloads may do.
package struct Role: Hashable, Sendable {
    package var name: String
    package var description: String?
    /// The id of the person who is accountable.
    package var owner: String
    /// Whether the owner has left: then the role is bound to nobody and covers nothing.
    package var isStopped: Bool
    /// From this moment it is bound to nobody and covers nothing.
    package var expires: Timestamp
    /// At least one; each is enough.
    package var bindings: [Binding]
    package var session: SessionRules
    package var literals = LiteralRecording.exact
    /// At least one.
    package var grants: [Grant]
    package var place: Place

    /// `2027-06-30`: the day that the file names, in UTC; it ends when that day does.
    package var lastDay: String {
        String(expires.advanced(by: .seconds(-1)).description.prefix(10))
    }

    package func isLive(at moment: Timestamp) -> Bool {
        !isStopped && moment < expires && session.window?.contains(moment) != false
    }

    /// The first moment after this one, of those at which it is live, at which it is not.
    package func end(after moment: Timestamp) -> Timestamp {
        min(expires, session.window?.nextEdge(after: moment) ?? expires)
    }
}
