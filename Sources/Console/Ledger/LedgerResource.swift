/// A file of the log (C2SP tlog-tiles).
package struct LedgerResource: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// The signed checkpoint: changes.
        case checkpoint
        /// Hashes: never change.
        case tile
        /// Records: never change.
        case entries
    }

    package var kind: Kind
    package var bytes: [UInt8]

    package init(_ kind: Kind, bytes: [UInt8]) {
        self.kind = kind
        self.bytes = bytes
    }

    /// What a path would name, by its beginning alone: which right it takes.
    static func kind(of path: some StringProtocol) -> Kind? {
        if path == "checkpoint" { return .checkpoint }
        if path.hasPrefix("tile/entries/") { return .entries }
        return path.hasPrefix("tile/") ? .tile : nil
    }
}
