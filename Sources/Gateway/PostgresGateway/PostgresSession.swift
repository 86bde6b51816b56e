internal import AccessModel
internal import GatewayKit
internal import Logging
internal import NIOCore
internal import PostgresWire
internal import StatementAnalysis

/// One session that is up: both legs on one event loop, the machine that mediates, and what the ledger must be told.
///
/// Bytes that policy lets pass are forwarded as slices of the buffer they came in; nothing is copied unless a message
/// is rewritten. Every method runs on the loop.
final class PostgresSession {
    /// What a message that is still coming in is treated as.
    enum Stream: Hashable {
        case forward, swallow
    }

    let admission: SessionAdmission
    let shared: GatewayShared
    let loopState: LoopState
    let loop: any EventLoop
    let source: SourceEndpoint
    let logger: Logger
    /// Answers that go to the client, and messages that go to the target; the handlers flush at the end of a read.
    let toClient: (ByteBuffer) -> Void
    let toTarget: (ByteBuffer) -> Void
    let flushTarget: () -> Void
    let flushClient: () -> Void
    /// Ends the session, telling the client why where there is something to tell.
    let end: (SessionEnd) -> Void

    var machine = MediationMachine()
    var registry = StatementRegistry()
    var running = CircularBuffer<RunningCommand>(initialCapacity: 1)
    var refusals = CircularBuffer<ErrorFields>(initialCapacity: 1)

    // What policy said, while it is in force.
    var judged: [ObjectIdentifier: (analysis: Analysis, judgement: JudgedStatement)] = [:]
    var epoch = UInt64.max
    /// Counts how often the answers were forgotten: an answer kept elsewhere is good for its generation alone.
    var judgedGeneration: UInt64 = 1

    // What the target holds, and where names without a schema are looked up.
    let slot: CatalogSlot
    var definitions = DefinitionState()
    var searchPath: SearchPath?
    var masks = MaskState()
    var pathTouched = false
    var needsFlushAfterBarrier = false
    var probe = ProbeReader()

    // The client's bytes that are not judged yet, and those that are but wait for a record on disk.
    var clientBuffer: ByteBuffer?
    var clientStream: (left: Int, mode: Stream) = (0, .forward)
    var isDeciding = false
    var isWaitingForJob = false
    var readyPlan: StatementPlan?
    var readyParameters: [UInt8]?
    var outbox: [ByteBuffer] = []
    var outboxBytes = 0
    var isParked = false
    var hold = HoldState()
    /// The last records that must be written, and on disk, before what is parked may go; and how far that is.
    var awaited: (written: UInt64?, onDisk: UInt64?) = (nil, nil)
    var reached: (written: UInt64?, onDisk: UInt64?) = (nil, nil)

    // The target's bytes.
    var targetBuffer: ByteBuffer?
    var targetStream: (left: Int, mode: Stream) = (0, .forward)
    var rowsSeen: UInt64 = 0
    /// Whether any command has had a bound of the rows that it returns.
    var boundsRows = false

    /// How records tell literals; and the first command that may still be held back: it surely was not sent.
    var literals = LiteralRecording.exact
    var heldFrom: UInt32?
    var detectors = DetectorState()
    var changes = ChangeState()

    let counts = SessionCounts()
    var isOver = false

    init(
        admission: SessionAdmission,
        shared: GatewayShared,
        loopState: LoopState,
        loop: any EventLoop,
        source: SourceEndpoint,
        searchPath: SearchPath?,
        logger: Logger,
        toClient: @escaping (ByteBuffer) -> Void,
        toTarget: @escaping (ByteBuffer) -> Void,
        flushTarget: @escaping () -> Void,
        flushClient: @escaping () -> Void,
        end: @escaping (SessionEnd) -> Void
    ) {
        self.admission = admission
        self.shared = shared
        self.loopState = loopState
        slot = loopState.catalog(for: admission)
        self.loop = loop
        self.source = source
        self.searchPath = searchPath
        self.logger = logger
        self.toClient = toClient
        self.toTarget = toTarget
        self.flushTarget = flushTarget
        self.flushClient = flushClient
        self.end = end
    }

    /// Whether more of the client's bytes may be read: not while the front one waits, nor above what may be parked.
    var mayReadClient: Bool {
        !isWaitingForJob && !machine.isBlocked && outboxBytes < PostgresSession.parkingLimit
            && (clientBuffer?.readableBytes ?? 0) < max(admission.limits.message, admission.limits.statement) + 65_536
    }

    /// Bytes that wait for the disk; above it the client is not read.
    static let parkingLimit = 1 << 20

    /// Both sides are quiet: nothing is outstanding.
    var isQuiet: Bool { machine.isIdle && clientBuffer == nil }
}
