public import NIOCore

/// One session after start-up: which messages may go where, and which reply belongs to which command.
///
/// The client's messages go through three steps, each an event: a message is *received*, *decided*, *recorded*. Only
/// the last yields an action that forwards, and while a record waits for its disk everything behind it waits too.
/// The target's messages are matched against a queue of expected replies. What does not match ends the session: a
/// gateway that lost count would tell the ledger the wrong outcome.
///
/// **Refusals.** A refused message is replaced by the execution of a portal that does not exist. The target fails
/// there as it would have failed on the refused statement: the transaction is aborted, a pipeline is discarded up to
/// its Sync, and the status that the client sees is the target's own. Only the error text is the gateway's.
public struct MediationMachine {
    /// What is to be done with a message of the client.
    public enum ClientAction: Hashable, Sendable {
        /// Ask policy about the message.
        case decide
        /// Append the record of the message and its decision.
        case record
        /// To the target, as it is.
        case forward
        /// To the target, behind what is already parked, once the record `index` is on disk.
        case park(until: UInt64)
        /// Put a poison in the message's place, behind what is parked; with a Sync where the client will send none.
        case poison(sync: Bool)
        /// Passed over, as the target would: an error came before it in its batch.
        case swallow
        /// Keep the message: something must be known before it can be judged.
        case wait
        case terminate
        case close(FrameError)
    }

    /// What is to be done with a message of the target.
    public enum TargetAction: Hashable, Sendable {
        case forward
        /// Forward; a ParseComplete, BindComplete or CloseComplete answers the oldest change that waits for it.
        case forwardConfirmation(ExpectedReply.Kind)
        /// Forward; rows of a command, which is over unless it is a statement of a query or a suspended portal.
        case forwardCompletion(command: UInt32, isOver: Bool)
        /// Forward; a command failed, or a message that executes nothing (`command` 0) did.
        case forwardError(command: UInt32)
        /// Forward the error, then send the target the Sync that it waits for.
        case forwardErrorThenSync(command: UInt32)
        /// Send the client the oldest refusal that it has not been told, instead of this error.
        case answerRefusal
        /// Forward; a batch failed when it was to be committed: none of its commands up to `through` took effect.
        case forwardBatchError(through: UInt32)
        /// Forward; every command up to `through` is answered.
        case forwardReady(TransactionStatus, through: UInt32)
        /// The answer to a probe: for the gateway alone.
        case takeProbe
        case probeAnswered(TransactionStatus)
        case close(FrameError)
    }

    private enum Step {
        case open
        case deciding(FrontendKind)
        case recording(FrontendKind, isAllowed: Bool)
        case closed
    }

    private var step = Step.open
    // What is asked for each message is inlinable: a call from another module would copy the whole machine for it.
    @usableFromInline private(set) var expected = CircularBuffer<ExpectedReply>(initialCapacity: 8)
    /// The commands that the target passed over since this was last read, by an error before them.
    public private(set) var skipped: [UInt32] = []
    /// Where the target's transaction stands, as it said last.
    public private(set) var status = TransactionStatus.idle
    /// After an error in a batch whose Sync the client has not sent: its messages are passed over until then.
    private var isSkipping = false
    @usableFromInline private(set) var isCopyingIn = false
    private var copySyncSwallowed = false
    @usableFromInline private(set) var barrier = false
    /// The barrier of a command that reads COPY data: down for the data, and up again behind its end.
    private var barrierBehindCopy = false
    @usableFromInline private(set) var awaited: UInt64?
    /// The number of the command that was forwarded last.
    public private(set) var lastCommand: UInt32 = 0
    /// Counts the Syncs that went to the target.
    public private(set) var sendingBatch: UInt32 = 0
    /// Counts the Syncs that the target has answered.
    public private(set) var answeringBatch: UInt32 = 0

    /// More replies than this outstanding stop the reading of the client. PostgreSQL flushes its output at 8 KiB, so
    /// at most some 1,600 replies can be hidden in it: the bound cannot stall a session.
    public static let outstandingLimit = 16_384

    /// A session whose target is idle, with nothing outstanding.
    public init() {}

    /// Whether the target owes nothing, and waits for no data.
    @inlinable public var isIdle: Bool { expected.isEmpty && !isCopyingIn }
    /// Whether the target still owes the end of a batch, and nothing was sent behind that.
    @inlinable public var awaitsEndOfBatch: Bool {
        switch expected.last?.kind {
        case .sync, .query: true
        case .parse, .bind, .describe, .close, .execute, .poison, .copyEnd, .probe, nil: false
        }
    }
    /// Whether so much is outstanding that the client is read no further.
    @inlinable public var isSaturated: Bool { expected.count >= MediationMachine.outstandingLimit }
    /// Whether the client's next message must wait for the target.
    @inlinable public var isBlocked: Bool { (barrier && !expected.isEmpty) || isSaturated }
    /// Whether messages wait for a record that is not where it must be.
    @inlinable public var isParking: Bool { awaited != nil }

    /// The commands that were passed over since this was asked last.
    public mutating func takeSkipped() -> [UInt32] {
        defer { skipped.removeAll(keepingCapacity: true) }
        return skipped
    }

    // MARK: The client's messages

    /// A message of the client is there, as far as its header says it.
    public mutating func clientFrameReceived(_ kind: FrontendKind) -> ClientAction {
        guard case .open = step else { return violation(kind) }
        if isSkipping, kind != .sync, kind != .terminate { return .swallow }
        if isBlocked, kind != .terminate { return .wait }
        barrier = false
        if isCopyingIn { return copyFrameReceived(kind) }
        switch kind {
        case .query, .parse, .bind, .execute, .functionCall:
            step = .deciding(kind)
            return .decide
        case .describe: return sent(.describe)
        case .close: return sent(.close)
        case .sync:
            isSkipping = false
            return syncSent()
        case .flush: return forwarded()
        case .copyData: return forwarded()
        case .copyDone, .copyFail: return sent(.copyEnd)
        case .terminate:
            step = .closed
            return .terminate
        case .password: return violation(kind)
        }
    }

    private mutating func copyFrameReceived(_ kind: FrontendKind) -> ClientAction {
        switch kind {
        case .copyData: return forwarded()
        case .copyDone, .copyFail:
            isCopyingIn = false
            barrier = barrierBehindCopy
            barrierBehindCopy = false
            return sent(.copyEnd)
        case .flush: return .swallow
        case .sync:
            // The target passes over a Sync while it reads COPY data; should it have failed already, it gets one.
            copySyncSwallowed = true
            return .swallow
        case .terminate:
            step = .closed
            return .terminate
        case .query, .parse, .bind, .execute, .functionCall, .describe, .close, .password: return violation(kind)
        }
    }

    /// Policy answered for the message that was received. Everything that would execute is recorded, allowed or not; a
    /// Parse and the execution of a portal whose Bind was recorded are recorded only when refused.
    public mutating func decided(isAllowed: Bool) -> ClientAction {
        guard case .deciding(let kind) = step else { return violation(.query) }
        // Deciding may take a while, and the target may have answered meanwhile: with an error, or by asking for data.
        if isSkipping {
            step = .open
            return .swallow
        }
        if isCopyingIn { return violation(kind) }
        if isAllowed, kind == .parse || kind == .execute {
            step = .open
            return kind == .parse ? sent(.parse) : sent(.execute)
        }
        step = .recording(kind, isAllowed: isAllowed)
        return .record
    }

    /// The record is in the ledger; `durableIndex` is given where it must reach the disk before the message goes on.
    public mutating func recorded(durableIndex: UInt64?) -> ClientAction {
        guard case .recording(let kind, let isAllowed) = step else { return violation(.query) }
        step = .open
        guard isAllowed else { return refused(kind) }
        if let durableIndex { awaited = max(durableIndex, awaited ?? 0) }
        return sent(kind == .bind ? .bind : .query, command: nextCommand())
    }

    /// The record could not be written: the message is refused whatever policy said.
    public mutating func recordFailed() -> ClientAction {
        guard case .recording(let kind, _) = step else { return violation(.query) }
        step = .open
        return refused(kind)
    }

    /// Every record up to `index` is on disk. True when what was parked may go.
    public mutating func durable(upTo index: UInt64) -> Bool {
        guard let waiting = awaited, waiting <= index else { return false }
        awaited = nil
        return true
    }

    /// The message just judged runs the portal of this command.
    public mutating func executeBelongs(to command: UInt32) {
        guard let last = expected.indices.last, expected[last].kind == .execute else { return }
        expected[last].command = command
    }

    /// The message just forwarded changes what later ones mean: nothing more goes until it is answered.
    public mutating func barrierRaised() {
        barrier = true
    }

    /// The gateway asks something itself, between commands or about the message that is being decided. False where it may
    /// not now.
    public mutating func probeSent() -> Bool {
        switch step {
        case .open, .deciding: break
        case .recording, .closed: return false
        }
        guard isIdle, !isSkipping, status != .failed, awaited == nil else { return false }
        expected.append(ExpectedReply(.probe))
        barrier = true
        return true
    }

    /// The gateway opens or ends a transaction around the client's query, between commands. Answered as a probe is. False
    /// where it may not now.
    package mutating func bracketSent() -> Bool {
        switch step {
        case .open, .deciding: break
        case .recording, .closed: return false
        }
        guard isIdle, !isSkipping, awaited == nil else { return false }
        expected.append(ExpectedReply(.probe))
        barrier = true
        return true
    }

    /// A command that was answered is refused after the fact: a poison goes out behind it, and what it did is taken back.
    /// Nothing may be outstanding. With `sync` for a query, whose client sends none.
    package mutating func refusedAfterwards(sync: Bool) {
        expected.append(ExpectedReply(.poison))
        guard sync else { return isSkipping = true }
        _ = syncSent()
    }

    /// Whether the target owes the answer to a query; and whether it owes only what it does not say before a Sync or Flush.
    package var isAnsweringQuery: Bool { expected.first?.kind == .query }
    package var isBatchOpen: Bool {
        switch expected.last?.kind {
        case .parse, .bind, .describe, .close, .execute, .copyEnd: true
        case .query, .sync, .poison, .probe, nil: false
        }
    }
    /// Whether messages behind the one just forwarded wait for its answer.
    @inlinable public var isBarrierUp: Bool { barrier }

    /// The describe just forwarded asks about what the session calls by this number; and what is being described.
    package mutating func describeAsks(about subject: UInt32) {
        guard let last = expected.indices.last, expected[last].kind == .describe else { return }
        expected[last].subject = subject
    }
    package var answeringSubject: UInt32 { expected.first?.subject ?? 0 }

    /// The number of the command that the target is answering; 0 where it is none.
    @inlinable public var answeringCommand: UInt32 { expected.first?.command ?? 0 }

    private mutating func nextCommand() -> UInt32 {
        lastCommand &+= 1
        return lastCommand
    }

    private mutating func sent(_ kind: ExpectedReply.Kind, command: UInt32 = 0) -> ClientAction {
        // With nothing outstanding the target passes over the end of COPY data: nothing to mark.
        if kind == .copyEnd, expected.isEmpty { return forwarded() }
        expected.append(ExpectedReply(kind, command: command))
        return forwarded()
    }

    private mutating func syncSent() -> ClientAction {
        sendingBatch &+= 1
        return sent(.sync, command: lastCommand)
    }

    private func forwarded() -> ClientAction {
        awaited.map { .park(until: $0) } ?? .forward
    }

    private mutating func refused(_ kind: FrontendKind) -> ClientAction {
        expected.append(ExpectedReply(.poison))
        // A simple query and a function call are answered up to ReadyForQuery; the others leave that to a Sync.
        guard kind == .query || kind == .functionCall else {
            isSkipping = true
            return .poison(sync: false)
        }
        _ = syncSent()
        return .poison(sync: true)
    }

    private mutating func violation(_ kind: FrontendKind) -> ClientAction {
        step = .closed
        return .close(FrameError(code: .unexpected, type: kind.rawValue))
    }

    // MARK: The target's messages

    /// A message other than ReadyForQuery.
    public mutating func targetFrameReceived(_ kind: BackendKind) -> TargetAction {
        while expected.first?.kind == .copyEnd { expected.removeFirst() }
        if expected.first?.kind == .probe { return probeFrameReceived(kind) }
        switch kind {
        case .noticeResponse, .notificationResponse, .parameterStatus: return .forward
        case .dataRow, .copyOutResponse, .copyData, .copyDone:
            guard let head = expected.first, head.kind == .query || head.kind == .execute else { return mismatch(kind) }
            return .forward
        case .rowDescription, .noData:
            guard let head = expected.first, head.kind == .query || head.kind == .describe else {
                return mismatch(kind)
            }
            if head.kind == .describe { expected.removeFirst() }
            return .forward
        case .parameterDescription: return expected.first?.kind == .describe ? .forward : mismatch(kind)
        case .parseComplete: return confirmed(.parse, kind)
        case .bindComplete: return confirmed(.bind, kind)
        case .closeComplete: return confirmed(.close, kind)
        case .commandComplete, .emptyQueryResponse: return completed(kind, isOver: true)
        case .portalSuspended: return completed(kind, isOver: false)
        case .copyInResponse: return copyInBegan()
        case .errorResponse: return failed()
        case .authentication, .backendKeyData, .copyBothResponse, .functionCallResponse, .negotiateProtocolVersion,
            .readyForQuery:
            return mismatch(kind)
        }
    }

    private mutating func confirmed(_ wanted: ExpectedReply.Kind, _ kind: BackendKind) -> TargetAction {
        guard expected.first?.kind == wanted else { return mismatch(kind) }
        expected.removeFirst()
        return .forwardConfirmation(wanted)
    }

    private mutating func completed(_ kind: BackendKind, isOver: Bool) -> TargetAction {
        guard let head = expected.first else { return mismatch(kind) }
        isCopyingIn = false
        switch head.kind {
        case .query where isOver: return .forwardCompletion(command: head.command, isOver: false)
        case .execute:
            expected.removeFirst()
            return .forwardCompletion(command: head.command, isOver: isOver)
        case .parse, .bind, .describe, .close, .query, .sync, .poison, .copyEnd, .probe: return mismatch(kind)
        }
    }

    /// The target reads COPY data now, and passes over each Sync until the data ends. Anything else that went out
    /// before the end of the data would be an error there and an uncounted reply here.
    private mutating func copyInBegan() -> TargetAction {
        guard let head = expected.first, head.kind == .query || head.kind == .execute else {
            return mismatch(.copyInResponse)
        }
        var rest = expected.dropFirst()
        while let next = rest.first, next.kind == .sync {
            rest = rest.dropFirst()
            answeringBatch &+= 1
        }
        guard rest.isEmpty || rest.first?.kind == .copyEnd else { return mismatch(.copyInResponse) }
        isCopyingIn = rest.isEmpty
        copySyncSwallowed = false
        barrierBehindCopy = barrier
        barrier = false
        var kept = CircularBuffer<ExpectedReply>(initialCapacity: rest.count + 1)
        kept.append(head)
        kept.append(contentsOf: rest)
        expected = kept
        return .forward
    }

    private mutating func failed() -> TargetAction {
        guard let head = expected.first else { return .forwardError(command: 0) }  // the target is about to close
        let wasCopyingIn = isCopyingIn
        isCopyingIn = false
        barrierBehindCopy = false
        switch head.kind {
        case .query: return .forwardError(command: head.command)
        case .sync: return .forwardBatchError(through: head.command)
        case .poison:
            discardBatch()
            return .answerRefusal
        case .parse, .bind, .describe, .close, .execute:
            discardBatch()
            guard wasCopyingIn, copySyncSwallowed else { return .forwardError(command: head.command) }
            isSkipping = false
            _ = syncSent()
            return .forwardErrorThenSync(command: head.command)
        case .copyEnd, .probe: return mismatch(.errorResponse)
        }
    }

    /// The target passes over everything up to the next Sync, a simple query included.
    private mutating func discardBatch() {
        let head = expected.removeFirst()
        while let next = expected.first, next.kind != .sync {
            if next.command != 0, next.command != head.command { skipped.append(next.command) }
            expected.removeFirst()
        }
        if expected.isEmpty { isSkipping = true }
    }

    /// ReadyForQuery, with the state of the transaction.
    public mutating func readyReceived(_ newStatus: TransactionStatus) -> TargetAction {
        while expected.first?.kind == .copyEnd { expected.removeFirst() }
        guard let head = expected.first else { return mismatch(.readyForQuery) }
        switch head.kind {
        case .sync: answeringBatch &+= 1
        case .query, .probe: break
        case .parse, .bind, .describe, .close, .execute, .poison, .copyEnd: return mismatch(.readyForQuery)
        }
        expected.removeFirst()
        // The end of data that the target had given up: it owes nothing, and the session is idle without it.
        while expected.first?.kind == .copyEnd { expected.removeFirst() }
        isCopyingIn = false
        status = newStatus
        // The message that a probe was about goes on, and those behind it need not wait for its answer.
        if head.kind == .probe { barrier = false }
        return head.kind == .probe ? .probeAnswered(newStatus) : .forwardReady(newStatus, through: head.command)
    }

    private mutating func probeFrameReceived(_ kind: BackendKind) -> TargetAction {
        switch kind {
        case .noticeResponse, .notificationResponse, .parameterStatus: .forward
        case .rowDescription, .dataRow, .commandComplete, .errorResponse: .takeProbe
        case .authentication, .backendKeyData, .bindComplete, .closeComplete, .copyBothResponse, .copyData, .copyDone,
            .copyInResponse, .copyOutResponse, .emptyQueryResponse, .functionCallResponse, .negotiateProtocolVersion,
            .noData, .parameterDescription, .parseComplete, .portalSuspended, .readyForQuery:
            mismatch(kind)
        }
    }

    private mutating func mismatch(_ kind: BackendKind) -> TargetAction {
        step = .closed
        return .close(FrameError(code: .unexpected, type: kind.rawValue))
    }
}
