internal import Foundation
internal import StatementAnalysis
internal import Synchronization

/// Hands an analysis from the thread that made it to the one that waits for it.
final class AnalysisSlot: Sendable {
    private let value = Mutex<Analysis?>(nil)
    private let semaphore = DispatchSemaphore(value: 0)

    func fill(_ analysis: Analysis) {
        value.withLock { $0 = analysis }
        semaphore.signal()
    }

    func wait() -> Analysis {
        semaphore.wait()
        return value.withLock { $0 } ?? Analysis(refusal: AnalysisRefusal(code: .tooDeep, message: "not analysed"))
    }
}
