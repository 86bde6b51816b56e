internal import AccessModel
internal import Masking
internal import NIOCore
internal import PostgresWire
internal import StatementAnalysis

/// Detectors: what is looked for in the values that a statement returns.
extension PostgresSession {
    /// A command goes out: are its values to be looked through?
    func beginDetecting(_ command: RunningCommand, _ verdict: Verdict) {
        guard !command.obligations.detectors.isEmpty else { return }
        command.detection = Detection(command.obligations.detectors, prepared: verdict.prepared)
    }

    /// A Describe that goes out: the columns that the target will tell are those of this statement.
    func noteDescribe(_ header: FrameHeader, _ buffer: ByteBuffer, _ run: Int) throws(FrameError) {
        guard detectors.described.count < DetectorState.describedLimit,
            var body = buffer.getSlice(at: buffer.readerIndex + run + FrameHeader.size, length: header.bodyLength)
        else { return }
        let (isPortal, name) = try closeNames(&body)
        guard let statement = isPortal ? registry.portal(name)?.statement : registry.statement(name),
            statement.hasFixedColumns
        else { return }
        detectors.lastSubject = detectors.lastSubject == .max ? 1 : detectors.lastSubject + 1
        detectors.described[detectors.lastSubject] = statement
        machine.describeAsks(about: detectors.lastSubject)
    }

    /// Whether a row of the command that is being answered is held as a whole and looked through.
    func searches(_ length: Int) -> Bool {
        length <= DetectorState.longestRow && detectionNow != nil
    }

    /// Nil where nothing is looked for, or no column holds text.
    private var detectionNow: Detection? {
        var detection: Detection?
        withCommand(machine.answeringCommand) { detection = $0.detection }
        guard let detection, detection.columnsNow?.hasText != false else { return nil }
        return detection
    }

    /// Columns, rows and data of a session with detectors; true when they go to the client as they are.
    func searched(
        _ kind: BackendKind,
        _ header: FrameHeader,
        _ body: ByteBuffer,
        _ asked: (subject: UInt32, isQuery: Bool),
        _ buffer: inout ByteBuffer,
        _ run: inout Int
    ) throws(FrameError) -> Bool {
        switch kind {
        case .rowDescription:
            let columns = try ResultColumns(body: body)
            if asked.isQuery {
                withCommand(machine.answeringCommand) { $0.detection?.columns = columns }
            } else {
                detectors.described.removeValue(forKey: asked.subject)?.columns = columns
            }
            return true
        case .noData: detectors.described[asked.subject] = nil
        case .copyOutResponse:
            let isBinary = body.getInteger(at: body.readerIndex, as: UInt8.self) != 0
            withCommand(machine.answeringCommand) { $0.detection?.copiesBinary = isBinary }
        case .dataRow, .copyData: return try searchedRow(kind, header, body, &buffer, &run)
        default: break
        }
        return true
    }

    private func searchedRow(
        _ kind: BackendKind,
        _ header: FrameHeader,
        _ body: ByteBuffer,
        _ buffer: inout ByteBuffer,
        _ run: inout Int
    ) throws(FrameError) -> Bool {
        guard let detection = detectionNow else { return true }
        guard header.bodyLength <= DetectorState.longestRow else {
            detection.unsearched += 1
            guard !detection.redacts.isEmpty else { return true }
            withCommand(machine.answeringCommand) { $0.limit = .detect }
            passRun(&buffer, &run)
            end(.unsearchable)
            return false
        }
        let search = RowSearch(detection)
        let replaced: ByteBuffer?
        if kind == .dataRow {
            replaced = try search.row(body, columns: detection.columnsNow)
        } else {
            replaced = detection.copiesBinary ? try search.binaryLine(body) : search.line(body)
        }
        guard let replaced else { return true }
        passRun(&buffer, &run)
        var message = ByteBuffer()
        message.writeMessage(kind.rawValue) { $0.writeImmutableBuffer(replaced) }
        toClient(message)
        return false
    }

    /// An error or a notice as it may be told in a session with masks, or whose values are redacted; nil: as it is.
    func withheld(
        _ kind: BackendKind,
        _ header: FrameHeader,
        _ body: ByteBuffer,
        positions: @autoclosure () -> PositionMap?
    ) -> ByteBuffer? {
        if masks.scrubs { return scrubbed(kind, body, positions: positions()) }
        guard !detectors.redacts.isEmpty else { return nil }
        guard body.readableBytes == header.bodyLength else { return scrubbed(kind, body, positions: nil) }
        guard let redacted = body.withUnsafeReadableBytes({ detectors.redacts.redacted($0) }) else { return nil }
        var message = ByteBuffer()
        message.writeMessage(kind.rawValue) { $0.writeBytes(redacted) }
        return message
    }

    /// What an allowed statement owes is looked at from here on.
    func watch(_ judgement: JudgedStatement) {
        guard judgement.isAllowed else { return }
        let owed = judgement.decision.obligations
        if !owed.detectors.isEmpty {
            detectors.isOn = true
            detectors.redacts.formUnion(DetectorSet(owed.detectors.filter { $0.value == .redact }.keys))
        }
        if judgement.changeLimit != nil { changes.isOn = true }
    }
}
