package import AuditLog
internal import GRDB
internal import Synchronization

/// Answers questions of many who ask at once, beside whoever writes the index: a few connections that only read, each for one
/// question at a time, which ends when its time is over.
package final class IndexReaders: Sendable {
    private struct State {
        var free: [ReadingConnection] = []
        var identity: FileIdentity?
    }

    /// When an answer that takes long is to be given as far as it is, and when one is given up.
    package struct Patience: Sendable {
        package var soft: Duration
        package var hard: Duration

        package init(soft: Duration = .milliseconds(1500), hard: Duration = .seconds(5)) {
            self.soft = soft
            self.hard = hard
        }
    }

    private let path: String
    private let reader: LedgerReader
    private let patience: Patience
    private let watch: ReadingWatch
    private let state = Mutex(State())

    /// `path` is DATA/index.sqlite, which somebody else makes and fills; `reader` reads the ledger beside it.
    package init(path: String, reader: LedgerReader, patience: Patience = Patience()) {
        self.path = path
        self.reader = reader
        self.patience = patience
        watch = ReadingWatch()
    }

    /// Runs one question on the calling thread, which must not be an event loop's. So many threads call it, so many
    /// connections there are.
    package func read<Answer>(
        _ body: (IndexView) throws -> Answer
    ) throws(IndexReadError) -> Answer {
        let connection = try take()
        let began = ContinuousClock.now
        let ticket = watch.begin(connection, until: began + patience.hard)
        let result: Result<Answer, IndexReadError>
        do {
            result = .success(
                try connection.queue.read { db in
                    try body(IndexView(db: db, reader: reader, deadline: began + patience.soft))
                }
            )
        } catch {
            result = .failure(IndexReaders.refusal(error))
        }
        // From here on nobody interrupts it: the next question has it for itself.
        watch.end(ticket)
        if case .failure(.damaged) = result {} else { give(connection) }
        return try result.get()
    }

    private func take() throws(IndexReadError) -> ReadingConnection {
        let now = FileIdentity(path)
        let found: ReadingConnection? = state.withLock { state in
            // Another file stands there: those to the old one are of no more use.
            if state.identity != now { state = State(identity: now) }
            return state.free.popLast()
        }
        if let found { return found }
        guard let now else { throw .unavailable("the search index is not there yet") }
        do {
            return try ReadingConnection(path: path, identity: now)
        } catch {
            throw IndexReaders.refusal(error)
        }
    }

    private func give(_ connection: ReadingConnection) {
        state.withLock { state in
            if state.identity == connection.identity { state.free.append(connection) }
        }
    }

    private static func refusal(_ error: any Error) -> IndexReadError {
        switch error {
        case let error as IndexReadError: return error
        case let error as DatabaseError:
            if error.resultCode == .SQLITE_INTERRUPT { return .tooSlow }
            // Its description would repeat the statement, and the statement's values with it.
            let message = error.message ?? "\(error.resultCode)"
            return IndexDatabase.isDamage(error) ? .damaged(message) : .unavailable(message)
        default: return .unavailable("\(error)")
        }
    }
}
