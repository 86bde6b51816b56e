import AccessModel

@testable import Witnessing

/// A witness's memory that does not survive, and that can fail.
actor MemoryStore: WitnessStore {
    private var heads: [String: CosignedHead] = [:]
    private var history: [String: [UInt64: CosignedHead]] = [:]
    private(set) var kept: [ForkEvidence] = []
    var isBroken = false
    /// Called before a head is compared and stored.
    var beforeAdvance: (@Sendable () async -> Void)?

    struct Broken: Error {}

    func breakDown() { isBroken = true }

    func interrupt(_ body: @escaping @Sendable () async -> Void) { beforeAdvance = body }

    func head(of origin: String) -> CosignedHead? { heads[origin] }

    func cosigned(_ origin: String, size: UInt64) -> CosignedHead? { history[origin]?[size] }

    func advance(_ origin: String, from old: CosignedHead?, to new: CosignedHead) async throws -> Bool {
        if let body = beforeAdvance {
            beforeAdvance = nil
            await body()
        }
        if isBroken { throw Broken() }
        guard heads[origin] == old else { return false }
        heads[origin] = new
        history[origin, default: [:]][new.size] = new
        return true
    }

    func keep(_ evidence: ForkEvidence) -> Bool {
        guard
            !kept.contains(where: { $0.size == evidence.size && $0.root == evidence.root && $0.kind == evidence.kind })
        else { return false }
        kept.append(evidence)
        return true
    }

    func settle(_ origin: String, with head: CosignedHead) -> Int {
        kept.removeAll { $0.kind == .unproven && $0.size == head.size && $0.root == head.root }
        let open = kept.indices.filter { kept[$0].kind == .unproven && kept[$0].size == head.size }
        for position in open {
            kept[position].kind = .fork
            kept[position].cosigned = head.note
        }
        return open.count
    }

    func evidence() -> [ForkEvidence] { kept }
}
