/// What of the ledger the console shows under `/ledger/` (C2SP tlog-tiles), and to whom.
package struct LedgerPublication: Hashable, Sendable {
    /// Who may read the checkpoint and the tiles: hashes alone, of records that are salted.
    package enum Tiles: String, Hashable, Sendable, CaseIterable {
        case off, loopback, auditors, token
        case everyone = "public"
    }

    /// Who may read entries: the records themselves, statements included.
    package enum Entries: String, Hashable, Sendable, CaseIterable {
        case off, loopback, auditors, token
    }

    package var tiles = Tiles.off
    package var entries = Entries.off
    /// The bearer token; there where something is shown to whoever has it.
    package var token: SecretReference?

    package init() {}
}

extension LedgerPublication {
    static func read(_ field: Field) -> LedgerPublication? {
        guard var map = MappingReader(field) else { return nil }
        var read = LedgerPublication()
        read.tiles = map.optional("tiles", default: .off) { $0.choice() }
        read.entries = map.optional("entries", default: .off) { field in
            if case .scalar("public", _) = field.node.content {
                return field.fail("entries are records of what was run: they are never public")
            }
            return field.choice()
        }
        read.token = map.optional("token") { SecretReference.read($0) }
        let needsToken = read.tiles == .token || read.entries == .token
        map.finish()
        guard needsToken == map.has("token") else {
            return field.fail(
                needsToken
                    ? "`token` is missing: {file: …}, {env: …} or {command: […]}" : "`token` is used by nothing here"
            )
        }
        return read
    }
}
