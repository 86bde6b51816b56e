internal import AccessModel
internal import GatewayKit
internal import NIOCore
internal import PostgresWire
internal import StatementAnalysis

extension PostgresSession {
    /// How much of an error's text is looked at.
    private static let errorPeek = 8192
    /// How long an error or a notice may be that is passed on in part; a longer one is replaced as a whole.
    static let scrubPeek = 65_536

    /// Takes what was read from the target.
    func targetBytes(_ bytes: ByteBuffer) {
        guard !isOver else { return }
        var buffer: ByteBuffer
        if var kept = targetBuffer {
            targetBuffer = nil
            kept.writeImmutableBuffer(bytes)
            buffer = kept
        } else {
            buffer = bytes
        }
        do {
            try observe(&buffer)
        } catch {
            end(.targetViolation(error))
            return
        }
        guard !isOver else { return }
        if buffer.readableBytes > 0 { targetBuffer = buffer }
        if needsProbe { _ = startProbe() }
        resumeClient()
    }

    private func observe(_ buffer: inout ByteBuffer) throws(FrameError) {
        var run = 0
        while !isOver {
            if targetStream.left > 0 {
                let count = min(targetStream.left, buffer.readableBytes - run)
                guard count > 0 else { break }
                targetStream.left -= count
                switch targetStream.mode {
                case .forward: run += count
                case .swallow:
                    passRun(&buffer, &run)
                    buffer.moveReaderIndex(forwardBy: count)
                }
                continue
            }
            guard let header = try FrameHeader(in: buffer, at: run, limit: limit) else { break }
            guard let kind = BackendKind(rawValue: header.type) else {
                throw FrameError(code: .unknownType, type: header.type)
            }
            let needed = peekLength(kind, header)
            guard buffer.readableBytes - run - FrameHeader.size >= needed else { break }
            // Most messages are judged by their header: no slice is made, which would be counted and let go.
            let body =
                needed > 0
                ? buffer.getSlice(at: buffer.readerIndex + run + FrameHeader.size, length: needed) : nil
            let isForwarded = try take(kind, header, body, &buffer, &run)
            let available = min(header.length, buffer.readableBytes - run)
            if isForwarded {
                run += available
            } else {
                passRun(&buffer, &run)
                buffer.moveReaderIndex(forwardBy: available)
            }
            targetStream = (header.length - available, isForwarded ? .forward : .swallow)
        }
        passRun(&buffer, &run)
    }

    private func limit(_ type: UInt8) -> Int {
        switch BackendKind(rawValue: type) {
        case .readyForQuery: 1
        case .commandComplete, .parameterStatus: 65_536
        default: 0x3FFF_FFFF
        }
    }

    /// Bytes of the body that must be there before the message is judged. Rows and data are judged by their header
    /// alone and never held.
    private func peekLength(_ kind: BackendKind, _ header: FrameHeader) -> Int {
        switch kind {
        case .commandComplete, .parameterStatus, .readyForQuery: header.bodyLength
        case .errorResponse:
            min(
                header.bodyLength,
                masks.scrubs || !detectors.redacts.isEmpty ? PostgresSession.scrubPeek : PostgresSession.errorPeek
            )
        case .noticeResponse where masks.scrubs || !detectors.redacts.isEmpty:
            min(header.bodyLength, PostgresSession.scrubPeek)
        case .rowDescription where detectors.isOn: header.bodyLength
        case .copyOutResponse where detectors.isOn: header.bodyLength
        case .dataRow where detectors.isOn && !probe.isReading, .copyData where detectors.isOn:
            searches(header.bodyLength) ? header.bodyLength : 0
        case .dataRow where probe.isReading: min(header.bodyLength, 1 << 20)
        default: 0
        }
    }

    /// Judges one message; true when it goes to the client as it is. `body`: as much of it as had to be there, or nil.
    private func take(
        _ kind: BackendKind,
        _ header: FrameHeader,
        _ body: ByteBuffer?,
        _ buffer: inout ByteBuffer,
        _ run: inout Int
    ) throws(FrameError) -> Bool {
        let asked = detectors.isOn ? (subject: machine.answeringSubject, isQuery: machine.isAnsweringQuery) : (0, false)
        if changes.held != nil { passHeld(before: kind, &buffer, &run) }
        let action: MediationMachine.TargetAction
        if case .readyForQuery = kind {
            guard let body, let byte = body.getInteger(at: body.readerIndex, as: UInt8.self),
                let status = TransactionStatus(rawValue: byte)
            else { throw FrameError(code: .malformed, type: kind.rawValue) }
            action = machine.readyReceived(status)
        } else {
            action = machine.targetFrameReceived(kind)
        }
        if case .forward = action { return try forwards(kind, header, body, asked, &buffer, &run) }
        return try carryOut(action, kind, header, body ?? ByteBuffer(), &buffer, &run)
    }

    /// A message that the machine lets pass; false where something else went to the client in its place.
    private func forwards(
        _ kind: BackendKind,
        _ header: FrameHeader,
        _ body: ByteBuffer?,
        _ asked: (subject: UInt32, isQuery: Bool),
        _ buffer: inout ByteBuffer,
        _ run: inout Int
    ) throws(FrameError) -> Bool {
        switch kind {
        case .dataRow, .copyData:
            if case .dataRow = kind { rowsSeen &+= 1 }
            if boundsRows, !countRow() {
                passRun(&buffer, &run)
                end(.tooManyRows)
                return false
            }
        case .parameterStatus: return parameterChanged(body ?? ByteBuffer())
        case .noticeResponse:
            guard let report = withheld(kind, header, body ?? ByteBuffer(), positions: nil) else { return true }
            passRun(&buffer, &run)
            toClient(report)
            return false
        default: break
        }
        guard detectors.isOn else { return true }
        return try searched(kind, header, body ?? ByteBuffer(), asked, &buffer, &run)
    }

    private func carryOut(
        _ action: MediationMachine.TargetAction,
        _ kind: BackendKind,
        _ header: FrameHeader,
        _ body: ByteBuffer,
        _ buffer: inout ByteBuffer,
        _ run: inout Int
    ) throws(FrameError) -> Bool {
        switch action {
        case .forward: return true
        case .forwardConfirmation:
            registry.confirmed()
            return true
        case .forwardCompletion(let command, let isOver):
            completed(kind, command, isOver: isOver, body)
            return !changes.isOn || passes(kind, command, body, &buffer, &run)
        case .forwardError(let command):
            return told(command, header, body, &buffer, &run) { failed(command, $0) }
        case .forwardErrorThenSync(let command):
            defer {
                toTarget(Poison.sync)
                flushTarget()
            }
            return told(command, header, body, &buffer, &run) { failed(command, $0) }
        case .forwardBatchError(let through):
            return told(through, header, body, &buffer, &run) { batchFailed(through: through, $0) }
        case .answerRefusal:
            passRun(&buffer, &run)
            answerRefusal()
            return false
        case .forwardReady(let status, let through):
            if changes.isOn, !endsBracket(status, through: through, &buffer, &run) { return false }
            becameReady(status, through: through)
            return true
        case .takeProbe:
            guard changes.bracket == .none || probe.isReading else { return bracketTold(kind, header, body) }
            if case .dataRow = kind { probe.row(body) }
            if case .errorResponse = kind { probe.failed() }
            return false
        case .probeAnswered(let status):
            guard changes.bracket == .none || probe.isReading else { return bracketAnswered(status, &buffer, &run) }
            probeAnswered()
            return false
        case .close(let error): throw error
        }
    }

    /// An error goes to the client, and to the record: as it is, or without what it may say of masked values.
    private func told(
        _ command: UInt32,
        _ header: FrameHeader,
        _ body: ByteBuffer,
        _ buffer: inout ByteBuffer,
        _ run: inout Int,
        note: (ByteBuffer) -> Void
    ) -> Bool {
        guard var error = withheld(.errorResponse, header, body, positions: positions(of: command)) else {
            note(body)
            return true
        }
        passRun(&buffer, &run)
        toClient(error)
        error.moveReaderIndex(forwardBy: FrameHeader.size)
        note(error)
        return false
    }

    func passRun(_ buffer: inout ByteBuffer, _ run: inout Int) {
        guard run > 0, let slice = buffer.readSlice(length: run) else { return }
        run = 0
        toClient(slice)
    }

    // MARK: What replies mean

    private func completed(_ kind: BackendKind, _ number: UInt32, isOver: Bool, _ body: ByteBuffer) {
        let (isComplete, isSuspended) =
            switch kind {
            case .commandComplete: (true, false)
            case .portalSuspended: (false, true)
            default: (false, false)
            }
        let rows = isComplete ? CommandTag.rows(body) : isSuspended ? rowsSeen : nil
        rowsSeen = 0
        var changed: StatementPlan?
        var maskedText: String?
        var statement = 0
        withCommand(number) { command in
            if let rows { command.rows = (command.rows ?? 0) &+ rows }
            command.state = isSuspended ? .suspended : .completed
            changed = isComplete ? command.session : nil
            maskedText = command.masked?.text
            statement = command.statementsCompleted
            command.statementsCompleted += 1
        }
        // A simple query completes its statements one by one; a portal has one.
        guard let changed, changed.analysis.statements.indices.contains(statement) else { return }
        apply(changed.analysis.statements[statement], changed, maskedText)
    }

    /// What a completed statement changed in the session.
    private func apply(_ statement: AnalyzedStatement, _ plan: StatementPlan, _ maskedText: String?) {
        for change in statement.session {
            switch change {
            case .prepares(let name, let inner):
                registry.prepared(
                    name,
                    PreparedStatement(
                        plan: plan,
                        inner: inner,
                        parameterTypes: [],
                        batch: machine.sendingBatch,
                        isConfirmed: true,
                        maskedText: maskedText
                    )
                )
            case .deallocates(let name): registry.deallocated(name)
            case .resetsSession: if statement.kind.hasPrefix("DISCARD") { registry.deallocated(nil) }
            case .transaction(let verb) where verb.mayRestoreSettings:
                if pathTouched { forgetSearchPath() }
                if definitions.own != nil { definitions.isStale = true }
            case .transaction: break
            case .setsSearchPath, .setsStamp, .executes: break
            }
        }
    }

    private func failed(_ number: UInt32, _ body: ByteBuffer) {
        let text = PostgresSession.errorText(body)
        withCommand(number) { $0.state = .failed(text) }
        for skipped in machine.takeSkipped() {
            withCommand(skipped) { if $0.state == .sent { $0.state = .skipped } }
        }
        registry.failed(batch: machine.answeringBatch)
        rowsSeen = 0
    }

    /// The commit at the end of a batch failed: none of its commands took effect.
    func batchFailed(through: UInt32, _ body: ByteBuffer) {
        let text = PostgresSession.errorText(body)
        for index in running.indices where running[index].number <= through {
            if running[index].state == .completed || running[index].state == .suspended {
                running[index].state = .failed(text)
            }
        }
    }

    private func answerRefusal() {
        for skipped in machine.takeSkipped() {
            withCommand(skipped) { if $0.state == .sent { $0.state = .skipped } }
        }
        registry.failed(batch: machine.answeringBatch)
        rowsSeen = 0
        var buffer = ByteBuffer()
        (refusals.popFirst() ?? PostgresSession.unrecorded).write(type: .errorResponse, into: &buffer)
        toClient(buffer)
    }

    func becameReady(_ status: TransactionStatus, through: UInt32) {
        settle(through: through, status: status)
        if machine.isIdle { definitions.isBetweenBatches = true }
        if machine.isIdle { detectors.described.removeAll(keepingCapacity: true) }
        guard status == .idle else { return }
        changes.rows = 0
        transactionEnded()
        if machine.isIdle { registry.transactionEnded() }
        if pathTouched {
            // The transaction that set it may have been rolled back.
            forgetSearchPath()
            pathTouched = false
        }
    }

    static func errorText(_ body: ByteBuffer) -> String {
        let fields = ErrorFields(body: body)
        return "\(fields.sqlState): \(fields.message.prefix(512))"
    }

    /// A setting under which the target reads statements otherwise than they were analysed ends the session.
    private func parameterChanged(_ body: ByteBuffer) -> Bool {
        var body = body
        guard let name = body.readValidatedNullTerminatedString(), let value = body.readValidatedNullTerminatedString()
        else { return true }
        guard !TargetSettings.readsStatementsAsAnalysed(name, value) else { return true }
        end(.targetSetting(name))
        return false
    }

    // MARK: The client again

    /// Judges the client's next message where it waited.
    func resumeClient() {
        guard !isOver, clientBuffer != nil, !isWaitingForJob, !machine.isBlocked else { return }
        judgeClient()
        flushTarget()
    }
}
