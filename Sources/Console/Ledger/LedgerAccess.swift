/// Who may read the log over HTTP.
package struct LedgerAccess: Sendable {
    package enum Reach: Hashable, Sendable {
        case off
        /// Connections from this machine.
        case loopback
        /// People who have logged in and are auditors.
        case auditors
        /// Whoever has the bearer token.
        case token
        case everyone
    }

    /// The checkpoint and the tiles of hashes.
    package var tiles: Reach
    /// The records themselves.
    package var entries: Reach
    /// Compares in constant time.
    package var isToken: @Sendable (String) -> Bool

    package init(tiles: Reach, entries: Reach, isToken: @escaping @Sendable (String) -> Bool = { _ in false }) {
        self.tiles = tiles
        self.entries = entries
        self.isToken = isToken
    }

    func reach(of kind: LedgerResource.Kind) -> Reach {
        switch kind {
        case .checkpoint, .tile: tiles
        case .entries: entries
        }
    }
}
