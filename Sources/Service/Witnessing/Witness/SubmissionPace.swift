import AccessModel
import Synchronization

/// How often each log may submit: what it signed is stored durably, and a log with a loop in it must not keep the disk of
/// everybody's witness busy.
package final class SubmissionPace: Sendable {
    private struct Allowance {
        var left: Double
        var asked: Timestamp
    }

    private let burst: Double
    private let perSecond: Double
    private let allowances = Mutex<[String: Allowance]>([:])

    /// Whole numbers of submissions: at once, and each second after that.
    package init(burst: Int = 60, perSecond: Int = 10) {
        self.burst = Double(burst)
        self.perSecond = Double(perSecond)
    }

    /// Called for origins that are configured alone, so that the table has their number of rows.
    func admits(_ origin: String, at now: Timestamp) -> Bool {
        allowances.withLock { allowances in
            var allowance = allowances[origin] ?? Allowance(left: burst, asked: now)
            let elapsed = Double(max(0, now.microseconds - allowance.asked.microseconds)) / 1_000_000
            allowance.left = min(burst, allowance.left + elapsed * perSecond)
            allowance.asked = now
            defer { allowances[origin] = allowance }
            guard allowance.left >= 1 else { return false }
            allowance.left -= 1
            return true
        }
    }
}
