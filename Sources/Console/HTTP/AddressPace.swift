internal import Synchronization

/// How often each address may ask: a burst, then so many a second. The table is bounded; when it is full it is begun anew,
/// which is kind to an attacker with ten thousand addresses and takes nothing from anybody else.
final class AddressPace: Sendable {
    private struct Allowance {
        var left: Double
        var asked: ContinuousClock.Instant
    }

    static let mostAddresses = 10_000

    private let burst: Double
    private let perSecond: Double
    private let now: @Sendable () -> ContinuousClock.Instant
    private let table = Mutex<[String: Allowance]>([:])

    init(
        burst: Int,
        perSecond: Int,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
    ) {
        self.burst = Double(burst)
        self.perSecond = Double(perSecond)
        self.now = now
    }

    /// Those without an address share one.
    func admits(_ address: String?) -> Bool {
        let (key, time) = (address ?? "", now())
        return table.withLock { table in
            if table.count >= AddressPace.mostAddresses, table[key] == nil { table.removeAll() }
            var allowance = table[key] ?? Allowance(left: burst, asked: time)
            let elapsed = (time - allowance.asked) / .seconds(1)
            allowance.left = min(burst, allowance.left + elapsed * perSecond)
            allowance.asked = time
            defer { table[key] = allowance }
            guard allowance.left >= 1 else { return false }
            allowance.left -= 1
            return true
        }
    }
}
