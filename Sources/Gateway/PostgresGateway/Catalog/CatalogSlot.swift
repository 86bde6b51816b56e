internal import AccessModel
internal import StatementAnalysis

/// The snapshot of one database of one target that the sessions of an event loop share. Touched on that loop alone.
final class CatalogSlot {
    /// Half seconds after which a snapshot is read again, at the next moment between commands.
    static let age: UInt64 = 60

    var catalog: Catalog?
    let effects = EffectCache(capacityBytes: 8 << 20)
    /// What came with the server: read when a session begins and the snapshot is old, as the server may be a newer one.
    private var system: [[String]] = []
    private var digest: [UInt8] = []
    private var version: UInt64 = 0
    private var readAt: UInt64 = 0

    var needsSystem: Bool { system.isEmpty }

    func isOld(at tick: UInt64) -> Bool { tick &- readAt > CatalogSlot.age }

    /// A new snapshot for all sessions. One that says the same as before leaves the old one where it is, with all that
    /// was worked out by it. Nil where the reading was not understood, or was too large.
    func replace(by rows: CatalogRows, at tick: UInt64) -> Catalog? {
        let digest = rows.digest
        let isSameServer = rows.system.isEmpty || rows.system == system
        if let catalog, isSameServer, digest == self.digest, !rows.isOver {
            readAt = tick
            return catalog
        }
        guard let new = build(rows) else { return nil }
        (catalog, self.digest, readAt) = (new, digest, tick)
        return new
    }

    /// A snapshot for one session: what it changed in a transaction that is not over is in it.
    func build(_ rows: CatalogRows) -> Catalog? {
        guard !rows.isOver else { return nil }
        if !rows.system.isEmpty { system = rows.system }
        guard !system.isEmpty, let new = CatalogBuild(system, rows.user).catalog(version: version + 1) else {
            return nil
        }
        version += 1
        return new
    }
}
