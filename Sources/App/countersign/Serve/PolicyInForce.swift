internal import Synchronization

/// The policy that decides now. A reader gets one snapshot, whole; the epoch tells that it was replaced.
final class PolicyInForce: Sendable {
    private let snapshot: Mutex<PolicySnapshot>
    private let counter = Atomic<UInt64>(1)

    init(_ snapshot: PolicySnapshot) {
        self.snapshot = Mutex(snapshot)
    }

    var current: PolicySnapshot { snapshot.withLock { $0 } }

    var epoch: UInt64 { counter.load(ordering: .acquiring) }

    func replace(with new: PolicySnapshot) {
        snapshot.withLock { $0 = new }
        // After the snapshot: who sees the new epoch decides by the new policy.
        counter.wrappingAdd(1, ordering: .releasing)
    }
}
