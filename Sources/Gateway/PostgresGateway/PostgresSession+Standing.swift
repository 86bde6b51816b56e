internal import AccessModel
internal import GatewayKit
internal import NIOCore
internal import PostgresWire
internal import StatementAnalysis

/// The short way of a Bind and of an Execute: of the unnamed portal, for a statement whose answer stands, allows it and owes
/// nothing. It comes to what the long way (`verdict`, `carryOut`) comes to, in the same order. Most messages take it.
extension PostgresSession {
    /// Whether the message was carried out; nil where it must go the long way, and nothing has changed.
    func passesAtOnce(
        _ kind: FrontendKind,
        _ header: FrameHeader,
        _ buffer: inout ByteBuffer,
        _ run: inout Int
    ) throws(FrameError) -> Bool? {
        guard !hold.mayHold, case .none = hold.step, literals == .exact, !probe.isReading else { return nil }
        switch kind {
        case .bind: return try bindsAtOnce(header, &buffer, &run)
        case .execute: return executesAtOnce(header, &buffer, &run)
        case .close, .copyData, .copyDone, .copyFail, .describe, .flush, .functionCall, .parse, .password, .query,
            .sync,
            .terminate:
            return nil
        }
    }

    private func bindsAtOnce(
        _ header: FrameHeader,
        _ buffer: inout ByteBuffer,
        _ run: inout Int
    ) throws(FrameError) -> Bool? {
        guard let body = buffer.getSlice(at: buffer.readerIndex + run + FrameHeader.size, length: header.bodyLength)
        else { return nil }
        let message = try BindMessage(body: body)
        guard message.portal.isEmpty, let statement = registry.find(message.statement),
            let judgement = standingJudgement(of: statement),
            !judgement.isChange || shared.ports.changeRefusal() == nil
        else { return nil }
        var json = loopState.takeScratch()
        defer { loopState.giveBack(&json) }
        json.appendRaw(statement.plan.recordHead)
        let start = json.count
        message.appendParameters(to: &json, types: statement.parameterTypes)
        guard json.count - start <= RecordLimits.parameters else { return nil }
        json.appendRaw(judgement.recordTail)
        settled()
        var action = machine.decided(isAllowed: true)
        if case .record = action {
            switch append(RecordDraft(kind: .command, session: admission.id, body: json.bytes), judgement) {
            case .written(let reference, let mustReachDisk):
                action = machine.recorded(durableIndex: reference.index)
                began(statement, reference, mustReachDisk: mustReachDisk)
                registry.bound(
                    "",
                    Portal(statement: statement, command: machine.lastCommand, batch: machine.sendingBatch)
                )
            case .skipped, .unwitnessed, .failed:
                action = machine.recordFailed()
                refusals.append(PostgresSession.unrecorded)
            }
        }
        return perform(action, header, &buffer, &run, rewritten: nil)
    }

    private func executesAtOnce(_ header: FrameHeader, _ buffer: inout ByteBuffer, _ run: inout Int) -> Bool? {
        // A name that is empty, and a count of rows.
        let name = buffer.getInteger(at: buffer.readerIndex + run + FrameHeader.size, as: UInt8.self)
        guard header.bodyLength == 5, name == 0, let portal = registry.portal(""),
            let judgement = standingJudgement(of: portal.statement)
        else { return nil }
        settled()
        let action = machine.decided(isAllowed: true)
        switch action {
        case .forward, .park:
            machine.executeBelongs(to: portal.command)
            raiseBarrier(portal.statement.isBarrier, judgement, isQuery: false)
        case .poison, .swallow, .wait, .decide, .record, .terminate, .close: break
        }
        return perform(action, header, &buffer, &run, rewritten: nil)
    }

    /// What was said of a statement, where it stands and nothing is owed; nil where it must be asked for or looked into.
    private func standingJudgement(of statement: PreparedStatement) -> JudgedStatement? {
        noteEpoch()
        guard literals == .exact, statement.judgedGeneration == judgedGeneration, let known = statement.judgement,
            known.owesNothing, !statement.plan.isRedacted, statement.maskedText == nil,
            shared.ports.now() < known.validUntil
        else { return nil }
        return known
    }

    /// The message at the front is being carried out.
    private func settled() {
        isDeciding = false
        definitions.isBetweenBatches = false
        definitions.isReadForMessage = false
    }

    private func began(_ statement: PreparedStatement, _ reference: RecordReference, mustReachDisk: Bool) {
        let command = RunningCommand(number: machine.lastCommand, reference: reference, started: .now())
        if statement.plan.changesSession, statement.inner == nil { command.session = statement.plan }
        enqueue(command, mustReachDisk: mustReachDisk)
    }
}
