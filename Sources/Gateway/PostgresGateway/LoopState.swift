internal import AccessModel
internal import GatewayKit
internal import NIOCore
internal import PostgresWire
internal import StatementAnalysis

/// What the sessions of one event loop share. Touched on that loop alone.
final class LoopState {
    var plans = PlanCache(capacity: 16 << 20)
    /// Of sessions whose records tell no literals.
    var redactedPlans = PlanCache(capacity: 16 << 20)
    let shapes = ShapeCache(capacityBytes: 8 << 20)
    /// The snapshot of each target's catalog, by target and database.
    private var catalogs: [String: CatalogSlot] = [:]
    /// Half seconds since the loop has had connections.
    private(set) var ticks: UInt64 = 0
    /// Keys derived from each target's password.
    private var keyCaches: [String: SCRAMKeyCache] = [:]
    private var members: [ObjectIdentifier: PostgresConnection] = [:]
    private var ticker: RepeatedTask?
    private let loop: any EventLoop

    // Sessions whose commands have a place in the ledger and are not written yet.
    private var unwritten: [(session: PostgresSession, index: UInt64)] = []
    /// Those whose turn it is in `write`, and else empty: two arrays in turn, so that neither is made anew.
    private var written: [(session: PostgresSession, index: UInt64)] = []
    /// Sessions whose commands wait for the disk.
    private var unsynced: [(session: PostgresSession, index: UInt64)] = []
    private var isTurnEndDue = false
    private let shared: GatewayShared
    /// Memory for the record that is being made, for all sessions.
    private var scratch: JSONBytes? = JSONBytes(reserving: 2048)

    init(loop: any EventLoop, shared: GatewayShared) {
        self.loop = loop
        self.shared = shared
    }

    /// Writes the session's record at the end of this turn of the loop, with those of every other session that was
    /// ready in it: one system call for all, and then each may go on.
    func writeSoon(_ index: UInt64, for session: PostgresSession) {
        LoopState.note(index, session, in: &unwritten)
        turnEndIsDue()
    }

    /// As `writeSoon`, where the record must be on disk: one question and one answer for all that a turn has.
    func syncSoon(_ index: UInt64, for session: PostgresSession) {
        LoopState.note(index, session, in: &unsynced)
        turnEndIsDue()
    }

    private static func note(
        _ index: UInt64,
        _ session: PostgresSession,
        in waiting: inout [(session: PostgresSession, index: UInt64)]
    ) {
        if let last = waiting.indices.last, waiting[last].session === session {
            waiting[last].index = index
        } else {
            waiting.append((session, index))
        }
    }

    private func turnEndIsDue() {
        guard !isTurnEndDue else { return }
        isTurnEndDue = true
        let bound = NIOLoopBound(self, eventLoop: loop)
        loop.execute { bound.value.endTurn() }
    }

    private func endTurn() {
        isTurnEndDue = false
        if !unsynced.isEmpty { sync() }
        if !unwritten.isEmpty { write() }
    }

    private func write() {
        let result = shared.ports.writeRecords()
        // What a session does now may sequence the next record, which belongs to the next turn.
        swap(&unwritten, &written)
        for position in written.indices {
            switch result {
            case .success: written[position].session.written(upTo: written[position].index)
            case .failure: written[position].session.ledgerFailed()
            }
        }
        written.removeAll(keepingCapacity: true)
    }

    private func sync() {
        guard let last = unsynced.map(\.index).max() else { return }
        let waiting = NIOLoopBound(unsynced, eventLoop: loop)
        unsynced.removeAll()
        shared.ports.whenDurable(last) { [loop] result in
            loop.execute {
                for (session, index) in waiting.value {
                    switch result {
                    case .success: session.durable(upTo: index)
                    case .failure: session.ledgerFailed()
                    }
                }
            }
        }
    }

    // MARK: Memory

    /// Empty, with room for a record. Whoever takes it gives it back before anybody else needs it; who comes meanwhile
    /// gets memory of their own.
    func takeScratch() -> JSONBytes {
        defer { scratch = nil }
        return scratch ?? JSONBytes(reserving: 2048)
    }

    func giveBack(_ json: inout JSONBytes) {
        json.removeAll()
        scratch = json
    }

    // MARK: What the sessions of a loop share

    func keys(for admission: SessionAdmission) -> SCRAMKeyCache {
        let name = "\(admission.target.name)/\(admission.credentialUser)"
        if let known = keyCaches[name] { return known }
        let cache = SCRAMKeyCache()
        keyCaches[name] = cache
        return cache
    }

    /// The snapshot of what the session's target holds, for all sessions of the loop.
    func catalog(for admission: SessionAdmission) -> CatalogSlot {
        // With the address: under the same name a new configuration may have another server.
        let name = "\(admission.target.name)/\(admission.database)/\(admission.target.address)"
        if let known = catalogs[name] { return known }
        let slot = CatalogSlot()
        catalogs[name] = slot
        return slot
    }

    /// A session read what is there for all.
    func noteCatalog(_ catalog: Catalog, for admission: SessionAdmission) {
        shared.catalogs.put(catalog, target: admission.target.name, database: admission.database)
    }

    func insert(_ connection: PostgresConnection) {
        members[ObjectIdentifier(connection)] = connection
        guard ticker == nil else { return }
        // One clock for all deadlines of a loop: an idle session costs no timer of its own.
        let bound = NIOLoopBound(self, eventLoop: loop)
        ticker = loop.scheduleRepeatedTask(initialDelay: .milliseconds(500), delay: .milliseconds(500)) { _ in
            bound.value.tick()
        }
    }

    func tick() {
        ticks &+= 1
        let now = NIODeadline.now()
        for member in Array(members.values) { member.clockTicked(now) }
    }

    func remove(_ connection: PostgresConnection) {
        members[ObjectIdentifier(connection)] = nil
        guard members.isEmpty else { return }
        ticker?.cancel()
        ticker = nil
    }
}
