internal import AccessModel
internal import GatewayKit
internal import NIOCore
internal import PostgresWire

extension PostgresSession {
    /// Takes what was read from the client.
    func clientBytes(_ bytes: ByteBuffer) {
        guard clientBuffer != nil || isWaitingForJob else { return judgeClient(bytes) }
        if clientBuffer == nil {
            clientBuffer = bytes
        } else {
            clientBuffer?.writeImmutableBuffer(bytes)
        }
        judgeClient()
    }

    /// Judges what is there of the client's messages, and forwards what may go.
    func judgeClient() {
        guard !isWaitingForJob, let bytes = clientBuffer else { return }
        // Taken, so that the bytes are not shared while they are cut.
        clientBuffer = nil
        judgeClient(bytes)
    }

    private func judgeClient(_ bytes: ByteBuffer) {
        guard !isOver else { return }
        var buffer = bytes
        do {
            try judge(&buffer)
        } catch {
            end(.clientViolation(error))
            return
        }
        guard !isOver, buffer.readableBytes > 0 else { return }
        if buffer.readerIndex > 65_536 { buffer.discardReadBytes() }
        clientBuffer = buffer
    }

    /// `run` counts the bytes at the front that go on untouched, as one slice.
    private func judge(_ buffer: inout ByteBuffer) throws(FrameError) {
        var run = 0
        while !isOver {
            if clientStream.left > 0 {
                guard continueStream(&buffer, &run) else { break }
                continue
            }
            guard let header = try FrameHeader(in: buffer, at: run, limit: limit) else { break }
            guard let kind = FrontendKind(rawValue: header.type) else {
                throw FrameError(code: .unknownType, type: header.type)
            }
            if buffer.readableBytes - run < header.length {
                guard case .copyData = kind else { break }
            }
            guard try step(kind, header, &buffer, &run) else { break }
        }
        sendRun(&buffer, &run)
        releaseBatch()
    }

    private func limit(_ type: UInt8) -> Int {
        switch FrontendKind(rawValue: type) {
        case .query, .parse: admission.limits.statement + 1024
        case .bind: admission.limits.message
        // Never held: forwarded as it comes in. The protocol's own bound is a gigabyte.
        case .copyData: 0x3FFF_FFFF
        case .copyFail, .functionCall: 65_536
        case .describe, .close, .execute, .password: 4096
        case .copyDone, .flush, .sync, .terminate, nil: 0
        }
    }

    private func continueStream(_ buffer: inout ByteBuffer, _ run: inout Int) -> Bool {
        let count = min(clientStream.left, buffer.readableBytes - run)
        guard count > 0 else { return false }
        clientStream.left -= count
        switch clientStream.mode {
        case .forward: run += count
        case .swallow:
            sendRun(&buffer, &run)
            buffer.moveReaderIndex(forwardBy: count)
        }
        return true
    }

    /// One message. False when it must wait; it is then left in the buffer.
    private func step(
        _ kind: FrontendKind,
        _ header: FrameHeader,
        _ buffer: inout ByteBuffer,
        _ run: inout Int
    ) throws(FrameError) -> Bool {
        if !isDeciding {
            if needsProbe, startProbe() || machine.isBlocked { return false }
            // Behind a Sync the path is asked for as soon as that is answered.
            if searchPath == nil, machine.awaitsEndOfBatch, kind.readsNames { return false }
            if try isUncertain(kind, header, buffer, run) {
                hold.keepsBatch = false
                return false
            }
            if hold.mayHold { noteBatch(kind) }
            switch machine.clientFrameReceived(kind) {
            case .decide:
                isDeciding = true
                if let isCarriedOut = try passesAtOnce(kind, header, &buffer, &run) { return isCarriedOut }
            case .wait: return false
            case let action:
                definitions.isBetweenBatches = false
                if case .close = kind, action != .swallow { try noteNames(header, buffer, run) }
                if detectors.isOn, case .describe = kind, action != .swallow { try noteDescribe(header, buffer, run) }
                if machine.isBarrierUp { needsFlushAfterBarrier = kind == .copyDone || kind == .copyFail }
                return perform(action, header, &buffer, &run, rewritten: nil)
            }
        }
        guard let body = buffer.getSlice(at: buffer.readerIndex + run + FrameHeader.size, length: header.bodyLength)
        else { return false }
        guard !probe.isReading, let verdict = try verdict(kind, body) else { return false }
        guard !startReading(for: verdict), !waitsForApproval(verdict), !waitsForBracket(verdict) else { return false }
        hold.carriedOut()
        isDeciding = false
        definitions.isBetweenBatches = false
        definitions.isReadForMessage = false
        return carryOut(verdict, header, &buffer, &run)
    }

    private func carryOut(
        _ verdict: Verdict,
        _ header: FrameHeader,
        _ buffer: inout ByteBuffer,
        _ run: inout Int
    ) -> Bool {
        var action = machine.decided(isAllowed: verdict.isAllowed)
        if case .record = action {
            switch record(verdict) {
            case .written(let reference, let mustReachDisk):
                if !verdict.isAllowed, verdict.isRecorded { verdict.refusal?.message += " (record \(reference.id))" }
                action = machine.recorded(durableIndex: verdict.isAllowed ? reference.index : nil)
                if verdict.isAllowed { began(verdict, reference, mustReachDisk: mustReachDisk) }
            case .skipped: action = machine.recorded(durableIndex: nil)
            case .unwitnessed:
                verdict.refusal = PostgresSession.unwitnessed
                action = machine.recordFailed()
            case .failed:
                verdict.refusal = PostgresSession.unrecorded
                action = machine.recordFailed()
            }
        }
        switch action {
        case .poison: refusals.append(verdict.refusal ?? PostgresSession.unrecorded)
        case .forward, .park: accepted(verdict)
        case .swallow, .wait, .decide, .record, .terminate, .close: break
        }
        return perform(action, header, &buffer, &run, rewritten: verdict.rewritten)
    }

    static let unrecorded = ErrorFields(
        severity: "ERROR",
        sqlState: "58030",
        message: "countersign: not executed: its record could not be written",
        hint: "The gateway's ledger takes no records now; its operator finds the reason at /readyz."
    )

    static let unwitnessed = ErrorFields(
        severity: "ERROR",
        sqlState: "58030",
        message:
            "countersign: not executed: the ledger's witnesses have not confirmed it for longer than changes may wait",
        hint: "Reads go on. The gateway's operator finds at /readyz which witnesses do not answer."
    )

    /// Does what the machine says with the message at the end of the run.
    func perform(
        _ action: MediationMachine.ClientAction,
        _ header: FrameHeader,
        _ buffer: inout ByteBuffer,
        _ run: inout Int,
        rewritten: ByteBuffer?
    ) -> Bool {
        switch action {
        case .forward, .park:
            if case .park = action, !isParked {
                // What came before the record that must be on disk may go now; the rest waits for it.
                sendRun(&buffer, &run)
                isParked = true
            }
            guard let rewritten else {
                let available = min(header.length, buffer.readableBytes - run)
                run += available
                clientStream = (header.length - available, .forward)
                if needsFlushAfterBarrier { flushBarrier(&buffer, &run) }
                return true
            }
            sendRun(&buffer, &run)
            buffer.moveReaderIndex(forwardBy: header.length)
            send(rewritten)
        case .poison(let sync):
            sendRun(&buffer, &run)
            buffer.moveReaderIndex(forwardBy: header.length)
            send(Poison.message(sync: sync, refusal: refusals.last))
        case .swallow:
            sendRun(&buffer, &run)
            let available = min(header.length, buffer.readableBytes)
            buffer.moveReaderIndex(forwardBy: available)
            clientStream = (header.length - available, .swallow)
        case .terminate:
            sendRun(&buffer, &run)
            buffer.moveReaderIndex(forwardBy: header.length)
            end(.clientClosed)
            return false
        case .close(let error):
            end(.clientViolation(error))
            return false
        case .wait, .decide, .record: return false
        }
        return true
    }

    // MARK: Names

    /// Whether the meaning of a name in the message hangs on an answer that is still to come.
    private func isUncertain(
        _ kind: FrontendKind,
        _ header: FrameHeader,
        _ buffer: ByteBuffer,
        _ run: Int
    ) throws(FrameError) -> Bool {
        // Where no earlier batch has a name that waits for its answer, every name means what it seems to.
        guard !machine.isIdle, registry.isPending(beside: machine.sendingBatch) else { return false }
        switch kind {
        case .parse, .bind, .execute, .close: break
        // Its text may be an EXECUTE of any name.
        case .query: return registry.isAnyStatementUncertain(batch: machine.sendingBatch)
        case .copyData, .copyDone, .copyFail, .describe, .flush, .functionCall, .password, .sync, .terminate:
            return false
        }
        guard var body = buffer.getSlice(at: buffer.readerIndex + run + FrameHeader.size, length: header.bodyLength)
        else { return false }
        let malformed = FrameError(code: .malformed, type: header.type)
        let batch = machine.sendingBatch
        switch kind {
        case .bind:
            guard let portal = body.readName(),
                let statement = body.readName()
            else { throw malformed }
            return registry.isUncertain(statement: statement, batch: batch)
                || (registry.statement(statement)?.executesByName == true
                    && registry.isAnyStatementUncertain(batch: batch))
                || (!portal.isEmpty && registry.isUncertain(portal: portal, batch: batch))
        case .parse:
            guard let name = body.readName() else { throw malformed }
            return !name.isEmpty && registry.isUncertain(statement: name, batch: batch)
        case .execute:
            guard let name = body.readName() else { throw malformed }
            return registry.isUncertain(portal: name, batch: batch)
                || (registry.portal(name)?.statement.executesByName == true
                    && registry.isAnyStatementUncertain(batch: batch))
        default:
            let (isPortal, name) = try closeNames(&body)
            return isPortal
                ? registry.isUncertain(portal: name, batch: batch) : registry.isUncertain(statement: name, batch: batch)
        }
    }

    func closeNames(_ body: inout ByteBuffer) throws(FrameError) -> (isPortal: Bool, name: String) {
        guard let type = body.readInteger(as: UInt8.self), type == 0x50 || type == 0x53,
            let name = body.readName(), body.readableBytes == 0
        else { throw FrameError(code: .malformed, type: FrontendKind.close.rawValue) }
        return (type == 0x50, name)
    }

    /// A Close that was forwarded takes its name away.
    private func noteNames(_ header: FrameHeader, _ buffer: ByteBuffer, _ run: Int) throws(FrameError) {
        guard
            var body = buffer.getSlice(at: buffer.readerIndex + run + FrameHeader.size, length: header.bodyLength)
        else { return }
        let (isPortal, name) = try closeNames(&body)
        if isPortal {
            registry.closed(portal: name, batch: machine.sendingBatch)
        } else {
            registry.closed(statement: name, batch: machine.sendingBatch)
        }
    }

    // MARK: Out

    /// Sends the run as one slice, behind what is parked.
    private func sendRun(_ buffer: inout ByteBuffer, _ run: inout Int) {
        guard run > 0, let slice = buffer.readSlice(length: run) else { return }
        run = 0
        send(slice)
    }

    /// The answer to the message just forwarded is waited for, and the client may not have asked for it yet.
    private func flushBarrier(_ buffer: inout ByteBuffer, _ run: inout Int) {
        needsFlushAfterBarrier = false
        sendRun(&buffer, &run)
        send(Poison.flush)
    }

    func send(_ bytes: ByteBuffer) {
        guard isParked || hold.keepsBatch || !outbox.isEmpty else {
            toTarget(bytes)
            return
        }
        outboxBytes += bytes.readableBytes
        outbox.append(bytes)
    }

    /// The record is with the kernel, and every one before it.
    func written(upTo index: UInt64) {
        reached.written = max(index, reached.written ?? 0)
        releaseParked()
    }

    /// The record is on disk, and every one before it.
    func durable(upTo index: UInt64) {
        // Never back: an answer that comes late says less than one that was there before it.
        reached.onDisk = max(index, reached.onDisk ?? 0)
        releaseParked()
    }

    /// Lets go what is parked once every record before it is where its durability says.
    private func releaseParked() {
        func isReached(_ wanted: UInt64?, _ reached: UInt64?) -> Bool {
            guard let wanted else { return true }
            return reached.map { $0 >= wanted } ?? false
        }
        guard !isOver, awaited.written != nil || awaited.onDisk != nil,
            isReached(awaited.written, reached.written), isReached(awaited.onDisk, reached.onDisk),
            machine.durable(upTo: max(awaited.written ?? 0, awaited.onDisk ?? 0))
        else { return }
        awaited = (nil, nil)
        isParked = false
        // A batch that is kept has not gone, though its records are written.
        if outbox.isEmpty { heldFrom = nil }
        emptyOutbox()
        flushTarget()
        resumeClient()
    }

    /// Lets go what waits for no record and no end of its batch.
    func emptyOutbox() {
        guard !isOver, !isParked, !hold.keepsBatch, !outbox.isEmpty else { return }
        outboxBytes = 0
        heldFrom = nil
        // By index: held by the loop as well, the array would be made anew each time.
        for index in outbox.indices { toTarget(outbox[index]) }
        outbox.removeAll(keepingCapacity: outbox.count < 8)
    }
}
