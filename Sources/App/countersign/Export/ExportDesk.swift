internal import AccessModel
internal import Foundation
internal import Logging
internal import PolicyEngine
internal import Synchronization

/// The destinations that are in force.
final class ExportDesk: Sendable {
    enum Kind: Sendable {
        case export, notification
    }

    let kind: Kind
    private let ports: ExportPorts
    private let logger: Logger
    private let workers = Mutex<[String: ExportWorker]>([:])
    /// Those that were stopped last under a name: whoever comes after waits for their end.
    private let retired = Mutex<[String: ExportWorker]>([:])

    init(_ kind: Kind = .export, ports: ExportPorts, logger: Logger) {
        self.kind = kind
        self.ports = ports
        self.logger = logger
    }

    /// Puts these in force. What stays as it was goes on undisturbed; what is gone stops and leaves its cursor.
    func apply(_ plans: [DestinationPlan]) {
        workers.withLock { workers in
            let wanted = Set(plans.map(\.name))
            for (name, worker) in workers where !wanted.contains(name) {
                retire(worker, name)
                workers[name] = nil
            }
            for plan in plans {
                let older = workers[plan.name]
                guard older?.plan.fingerprint != plan.fingerprint else { continue }
                if let older { retire(older, plan.name) }
                let worker = ExportWorker(plan, ports: ports, logger: logger)
                workers[plan.name] = worker
                worker.start(after: retired.withLock { $0[plan.name] })
            }
        }
    }

    private func retire(_ worker: ExportWorker, _ name: String) {
        worker.stop()
        retired.withLock { $0[name] = worker }
    }

    /// Ends all of them, and waits for it on a thread of its own: it may take as long as a receiver does.
    func stop() async {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                self.stopAndWait()
                continuation.resume()
            }
        }
    }

    private func stopAndWait() {
        let ended = workers.withLock { workers in
            defer { workers.removeAll() }
            return Array(workers.values) + retired.withLock { Array($0.values) }
        }
        for worker in ended { worker.stop() }
        for worker in ended { worker.join() }
    }

    var list: [ExportWorker] {
        workers.withLock { $0.values.sorted { $0.plan.name < $1.plan.name } }
    }

    func lag(of worker: ExportWorker) -> (records: UInt64, seconds: Double) {
        worker.status.lag(durable: ports.durable(), now: ports.now())
    }
}
