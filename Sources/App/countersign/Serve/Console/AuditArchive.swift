internal import AccessModel
internal import AuditLog
internal import Console
internal import Logging
internal import NIOPosix
internal import SearchIndex
internal import Synchronization

/// Answers people's questions about the ledger, off the event loops: a few at a time on threads of its own, each within its
/// time. Who asks when too many ask is told so at once.
final class AuditArchive: Sendable {
    let reader: LedgerReader
    let tiles: LedgerTiles
    let ledger: Ledger
    private let path: String
    private let folder: String
    let ledgerFolder: String
    private let readers: IndexReaders
    private let pool: NIOThreadPool
    private let logger: Logger
    private let asked = Atomic<Int>(0)
    private let isFreshening = Atomic<Bool>(false)
    /// Whether a bundle is being made.
    let isBundling = Atomic<Bool>(false)
    private let index = Mutex<LedgerIndex?>(nil)

    private static let threads = 4
    /// Questions that are answered, or wait for it.
    private static let most = 16
    /// Records that a question may bring into the index before it is answered.
    private static let freshened = 2000

    init(data: String, ledger: Ledger, logger: Logger) {
        folder = data
        path = "\(data)/index.sqlite"
        ledgerFolder = "\(data)/ledger"
        reader = LedgerReader(directory: ledgerFolder)
        tiles = LedgerTiles(directory: ledgerFolder)
        readers = IndexReaders(path: path, reader: reader)
        pool = NIOThreadPool(numberOfThreads: AuditArchive.threads)
        self.ledger = ledger
        self.logger = logger
        pool.start()
    }

    func shutdown() async {
        try? await pool.shutdownGracefully()
    }

    // MARK: Asking

    /// Asks the index, which is brought up to the ledger first where little is missing.
    func ask<Answer: Sendable>(
        _ body: @escaping @Sendable (IndexView) throws -> Answer
    ) async throws(ReadRefusal) -> Answer {
        try await run { () throws(ReadRefusal) in try self.answer(body) }
    }

    /// Runs what takes a while, and needs no index.
    func run<Answer: Sendable>(
        _ body: @escaping @Sendable () throws(ReadRefusal) -> Answer
    ) async throws(ReadRefusal) -> Answer {
        defer { asked.subtract(1, ordering: .relaxed) }
        guard asked.add(1, ordering: .relaxed).newValue <= AuditArchive.most else { throw .busy }
        let result: Result<Answer, ReadRefusal>
        do {
            result = try await pool.runIfActive {
                do throws(ReadRefusal) { return .success(try body()) } catch { return .failure(error) }
            }
        } catch {
            throw .unavailable("the gateway is stopping")
        }
        return try result.get()
    }

    private func answer<Answer>(_ body: (IndexView) throws -> Answer) throws(ReadRefusal) -> Answer {
        freshen()
        do throws(IndexReadError) {
            return try readers.read(body)
        } catch {
            switch error {
            case .tooSlow: throw .tooSlow
            case .damaged(let reason):
                makeAgain(because: reason)
                throw .unavailable("the search index is being made again")
            case .unavailable(let reason):
                logger.error("the search index does not answer", metadata: ["cause": "\(reason)"])
                throw .unavailable("the search index does not answer: the gateway's log says why")
            }
        }
    }

    // MARK: The index

    /// Whoever asks sees what was recorded a moment ago. One does it for all; what is far behind is left to `IndexKeeper`.
    private func freshen() {
        guard !isFreshening.exchange(true, ordering: .acquiring) else { return }
        defer { isFreshening.store(false, ordering: .releasing) }
        do {
            try opened().catchUp(limit: AuditArchive.freshened)
        } catch {
            logger.error("the search index could not be brought up to date", metadata: ["cause": "\(error)"])
        }
    }

    private func makeAgain(because reason: String) {
        do {
            try opened().makeAgain(because: reason)
        } catch {
            logger.error("the search index could not be made again", metadata: ["cause": "\(error)"])
        }
    }

    private func opened() throws -> LedgerIndex {
        try index.withLock { index in
            if let index, index.isInPlace { return index }
            try IndexFile.make(path, as: folder)
            let made = try LedgerIndex(path: path, reader: reader) { [logger] cause in
                logger.warning("the search index is made again", metadata: ["cause": "\(cause)"])
            }
            index = made
            return made
        }
    }
}
