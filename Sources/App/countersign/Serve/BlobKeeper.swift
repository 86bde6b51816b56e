internal import AuditLog
internal import Logging
internal import PolicyEngine
internal import ServiceLifecycle

/// Erases what `ledger.retention` says is old enough, once an hour. The rule in force is asked each time.
struct BlobKeeper: Service {
    let core: GatewayCore

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                if let age = core.policy.current.configuration.ledger.upkeep.blobRetention { erase(olderThan: age) }
                try? await Task.sleep(for: .seconds(3600))
            }
        }
    }

    private func erase(olderThan age: Duration) {
        do throws(LedgerError) {
            let days = age.components.seconds / 86_400
            let erased = try core.ledger.eraseBlobs(olderThan: age, rule: "ledger.retention.blobs: \(days)d")
            guard !erased.isEmpty else { return }
            core.logger.notice("blobs were erased by the retention rule", metadata: ["count": "\(erased.count)"])
        } catch {
            core.logger.error("blobs could not be erased", metadata: ["cause": "\(error)"])
        }
    }
}
