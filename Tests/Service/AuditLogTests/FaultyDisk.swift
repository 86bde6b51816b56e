import Glibc
import Synchronization

@testable import AuditLog

/// File operations of a disk that does what a test tells it to.
final class FaultyDisk: Sendable {
    struct Plan {
        /// Errors by call; nil does the call.
        var write: Int32?
        var syncData: Int32?
        var sync: Int32?
        var allocate: Int32?
        var rename: Int32?
        var freeBytes: UInt64 = .max
        var boot: String? = "one"
        /// Bytes that a write takes at most.
        var longestWrite = Int.max
        /// Writes that find room before one finds none.
        var roomFor: Int?
        /// Writes that are interrupted before one is done.
        var interrupts = 0
        /// Bytes until this process is dead: the write that reaches the end is done in part, later calls not at all.
        var life: Int?
        /// Whether syncs are taken for done.
        var skipsSyncs = false
        var syncs = 0
        var writes = 0
    }

    let plan = Mutex(Plan())

    func change(_ body: (inout Plan) -> Void) {
        plan.withLock { body(&$0) }
    }

    func dieAfter(bytes: Int) {
        change { $0.life = bytes }
    }

    func options(_ base: LedgerOptions = Workplace.options) -> LedgerOptions {
        var options = base
        options.files = operations
        return options
    }

    private var operations: FileOperations {
        let system = FileOperations.system
        return FileOperations(
            write: { [self] file, bytes, offset in
                let (failure, count) = admit(bytes.count)
                if let failure { return -Int(failure) }
                let done = system.write(file, UnsafeRawBufferPointer(rebasing: bytes[..<count]), offset)
                return count == bytes.count || isAlive ? done : -Int(EIO)
            },
            syncData: { [self] file in fault(\.syncData) ?? counted(skipsSyncs ? 0 : system.syncData(file)) },
            sync: { [self] file in fault(\.sync) ?? (skipsSyncs ? 0 : system.sync(file)) },
            allocate: { [self] file, bytes in fault(\.allocate) ?? system.allocate(file, bytes) },
            rename: { [self] from, to in fault(\.rename) ?? system.rename(from, to) },
            freeBytes: { [self] _ in plan.withLock { $0.freeBytes } },
            boot: { [self] in plan.withLock { $0.boot } }
        )
    }

    private var skipsSyncs: Bool { plan.withLock { $0.skipsSyncs } }

    private var isAlive: Bool { plan.withLock { $0.life.map { $0 > 0 } ?? true } }

    /// What a write of `count` bytes may do: fail, or take so many.
    private func admit(_ count: Int) -> (Int32?, Int) {
        plan.withLock { plan in
            plan.writes += 1
            if let life = plan.life {
                guard life > 0 else { return (EIO, 0) }
                let taken = min(count, life)
                plan.life = life - taken
                return (nil, taken)
            }
            if plan.interrupts > 0 {
                plan.interrupts -= 1
                return (EINTR, 0)
            }
            if let room = plan.roomFor {
                guard room > 0 else { return (ENOSPC, 0) }
                plan.roomFor = room - 1
            }
            if let failure = plan.write { return (failure, 0) }
            return (nil, min(count, plan.longestWrite))
        }
    }

    private func fault(_ call: KeyPath<Plan, Int32?>) -> Int32? {
        plan.withLock { plan in
            if let life = plan.life, life <= 0 { return -EIO }
            return plan[keyPath: call].map { -$0 }
        }
    }

    private func counted(_ result: Int32) -> Int32 {
        change { $0.syncs += 1 }
        return result
    }
}
