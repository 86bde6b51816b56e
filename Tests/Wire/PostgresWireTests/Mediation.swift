import PostgresWire

/// A mediation machine with the gateway's part played: each client message is decided and recorded at once.
struct Mediation {
    var machine = MediationMachine()
    /// The index that the ledger gives the next record that must be on disk; nil: no record must.
    var durableIndex: UInt64?

    /// Sends messages by their type bytes; what the machine does with each.
    mutating func send(_ types: String, isAllowed: Bool = true) -> [MediationMachine.ClientAction] {
        types.compactMap { $0.asciiValue.flatMap(FrontendKind.init) }.map { send($0, isAllowed: isAllowed) }
    }

    mutating func send(_ kind: FrontendKind, isAllowed: Bool = true) -> MediationMachine.ClientAction {
        var action = machine.clientFrameReceived(kind)
        if action == .decide { action = machine.decided(isAllowed: isAllowed) }
        if action == .record { action = machine.recorded(durableIndex: isAllowed ? durableIndex : nil) }
        if kind == .execute, action == .forward || action != .poison(sync: false) {
            machine.executeBelongs(to: machine.lastCommand)
        }
        return action
    }

    /// Answers with messages by their type bytes; `Z` says that the session is idle.
    mutating func answer(_ types: String) -> [MediationMachine.TargetAction] {
        types.compactMap { $0.asciiValue.flatMap(BackendKind.init) }.map { kind in
            kind == .readyForQuery ? machine.readyReceived(.idle) : machine.targetFrameReceived(kind)
        }
    }

    mutating func receive(_ kind: FrontendKind) -> MediationMachine.ClientAction { machine.clientFrameReceived(kind) }
    mutating func decided(isAllowed: Bool) -> MediationMachine.ClientAction { machine.decided(isAllowed: isAllowed) }
    mutating func durable(upTo index: UInt64) -> Bool { machine.durable(upTo: index) }
    mutating func probe() -> Bool { machine.probeSent() }
    mutating func takeSkipped() -> [UInt32] { machine.takeSkipped() }
}
