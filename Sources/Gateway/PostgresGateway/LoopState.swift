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
    private var isWriteDue = false
    private let shared: GatewayShared

    init(loop: any EventLoop, shared: GatewayShared) {
        self.loop = loop
        self.shared = shared
    }

    /// Writes the session's record at the end of this turn of the loop, with those of every other session that was
    /// ready in it: one system call for all, and then each may go on.
    func writeSoon(_ index: UInt64, for session: PostgresSession) {
        if let last = unwritten.indices.last, unwritten[last].session === session {
            unwritten[last].index = index
        } else {
            unwritten.append((session, index))
        }
        guard !isWriteDue else { return }
        isWriteDue = true
        let bound = NIOLoopBound(self, eventLoop: loop)
        loop.execute { bound.value.write() }
    }

    private func write() {
        isWriteDue = false
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
