internal import AuditLog
internal import Foundation
internal import TransparencyLog

/// What a ledger's commands know of it: its folder, its keys and its lock.
struct LedgerFiles {
    let data: DataDirectory
    /// Named by `--lock`, or the configuration's.
    let lockPath: String?

    init(_ options: LocalOptions, lock: String?) throws {
        data = try options.directory()
        lockPath = try lock ?? options.data.ledgerLock()
    }

    var lock: String { lockPath ?? "\(data.path)/keys/ledger.lock" }

    /// The keys of all times, the one in use last; never none.
    func keys() throws -> [NoteVerifierKey] {
        let keys: [NoteVerifierKey]
        do throws(LedgerError) {
            keys = try LedgerKeys.verifierKeys(directory: data.ledger)
        } catch {
            throw Failure("\(error)")
        }
        guard !keys.isEmpty else {
            throw Failure("the ledger in \(data.path) has no key yet: the gateway's first start makes it")
        }
        return keys
    }

    /// Opens the ledger for a change, which no gateway may have open meanwhile.
    func open(finishesRotation: Bool = false) throws -> Ledger {
        guard let origin = try keys().last?.name else { throw Failure("the ledger has no key") }
        let identity = LedgerIdentity(origin: origin, keys: "\(data.path)/keys", lock: lockPath)
        do throws(LedgerError) {
            return try Ledger(
                directory: data.ledger,
                identity: identity,
                finishesRotation: finishesRotation,
                now: SystemClock.now
            )
        } catch {
            guard error.code != .locked else {
                throw Failure("the gateway has this ledger open: stop it, run this again, and start it")
            }
            throw Failure("\(error)")
        }
    }
}
