package import AccessModel

/// Everything that a gateway may ask of the rest of the house. Complete mediation is visible here: a gateway has no
/// other way to learn that something is allowed, and no other way to record it.
///
/// `decide`, `record`, `sequence`, `writeRecords` and `recordOutcome` are called on event loops: they must not block beyond a system call.
package struct GatewayPorts: Sendable {
    package var now: @Sendable () -> Timestamp
    /// Verifies the token, binds roles, finds target and credential. A refusal is recorded by the port.
    package var admit: @Sendable (AdmissionRequest) async -> Result<SessionAdmission, AdmissionRefusal>
    /// The masks of a session's roles on a target, resolved against a snapshot of its database. A gateway that cannot
    /// read masked columns as their masks must not ask `decide`.
    package var masks:
        @Sendable (_ roles: [String], _ target: String, _ at: Timestamp, Catalog) -> [ObjectName: [String: MaskMethod]]
    /// Decides for the roles of a session on a target, with the policy in force now, for a command that reads masked
    /// columns as `masks` says.
    package var decide:
        @Sendable (_ roles: [String], _ target: String, _ effects: [Effect], _ at: Timestamp) -> PolicyAnswer
    /// Changes whenever the policy does: what was decided under another epoch is decided anew.
    package var policyEpoch: @Sendable () -> UInt64
    /// Appends a record. When it returns, the record survives the end of this process.
    package var record: @Sendable (RecordDraft) -> Result<RecordReference, RecordRefusal>
    /// Gives a record its place; it survives the end of this process once `writeRecords` has returned success, or
    /// `whenDurable` has called back. Records that come together are then written together.
    package var sequence: @Sendable (RecordDraft) -> Result<RecordReference, RecordRefusal>
    /// Writes every record that has a place.
    package var writeRecords: @Sendable () -> Result<Void, RecordRefusal>
    /// Appends an outcome, or the end of a session: taken even while commands are refused for want of space.
    package var recordOutcome: @Sendable (RecordDraft) -> Result<RecordReference, RecordRefusal>
    /// Calls back on any thread once the record at `index` and all before it are on disk.
    package var whenDurable:
        @Sendable (_ index: UInt64, @escaping @Sendable (Result<Void, RecordRefusal>) -> Void) -> Void
    /// Why changes are not carried out now, whatever policy says; nil while they are. Asked for each change, on event loops.
    package var changeRefusal: @Sendable () -> RecordRefusal?
    /// Keeps bytes under their SHA-256 (lower-case hexadecimal), durably. May block: never called on an event loop.
    package var storeBlob: @Sendable ([UInt8]) -> Result<String, RecordRefusal>
    /// Whether policy holds anything for these roles on a target.
    package var mayHold: @Sendable (_ roles: [String], _ target: String) -> Bool
    /// Has people asked about a command. Calls back once, on any thread, unless it was withdrawn before.
    package var hold:
        @Sendable (HeldCommand, [ApprovalTerms], @escaping @Sendable (HoldAnswer) -> Void) -> Result<
            HoldTicket, HoldRefusal
        >
    /// Nobody waits for the answer any more.
    package var withdraw: @Sendable (ULID, HoldEnd) -> Void

    package init(
        now: @escaping @Sendable () -> Timestamp,
        admit: @escaping @Sendable (AdmissionRequest) async -> Result<SessionAdmission, AdmissionRefusal>,
        masks: @escaping @Sendable ([String], String, Timestamp, Catalog) -> [ObjectName: [String: MaskMethod]],
        decide: @escaping @Sendable ([String], String, [Effect], Timestamp) -> PolicyAnswer,
        policyEpoch: @escaping @Sendable () -> UInt64,
        record: @escaping @Sendable (RecordDraft) -> Result<RecordReference, RecordRefusal>,
        sequence: @escaping @Sendable (RecordDraft) -> Result<RecordReference, RecordRefusal>,
        writeRecords: @escaping @Sendable () -> Result<Void, RecordRefusal>,
        recordOutcome: @escaping @Sendable (RecordDraft) -> Result<RecordReference, RecordRefusal>,
        whenDurable: @escaping @Sendable (UInt64, @escaping @Sendable (Result<Void, RecordRefusal>) -> Void) -> Void,
        changeRefusal: @escaping @Sendable () -> RecordRefusal? = { nil },
        storeBlob: @escaping @Sendable ([UInt8]) -> Result<String, RecordRefusal>,
        mayHold: @escaping @Sendable ([String], String) -> Bool = { _, _ in false },
        hold:
            @escaping @Sendable (
                HeldCommand, [ApprovalTerms], @escaping @Sendable (HoldAnswer) -> Void
            ) -> Result<HoldTicket, HoldRefusal> = { _, _, _ in .failure(.notServed) },
        withdraw: @escaping @Sendable (ULID, HoldEnd) -> Void = { _, _ in }
    ) {
        self.now = now
        self.admit = admit
        self.masks = masks
        self.decide = decide
        self.policyEpoch = policyEpoch
        self.record = record
        self.sequence = sequence
        self.writeRecords = writeRecords
        self.recordOutcome = recordOutcome
        self.whenDurable = whenDurable
        self.changeRefusal = changeRefusal
        self.storeBlob = storeBlob
        self.mayHold = mayHold
        self.hold = hold
        self.withdraw = withdraw
    }

    /// Lets nobody in, allows nothing, records nothing.
    package static var denyAll: GatewayPorts {
        let refusal = RecordRefusal(cause: "no ledger")
        return GatewayPorts(
            now: { Timestamp(microseconds: 0) },
            admit: { _ in .failure(AdmissionRefusal(sqlState: "28000", message: "not authenticated")) },
            masks: { _, _, _, _ in [:] },
            decide: { roles, _, effects, _ in
                PolicyAnswer(
                    decision: Decision(
                        outcome: .deny,
                        role: roles.first ?? "none",
                        policy: "none",
                        effect: effects.first,
                        reason: "no policy is in force"
                    ),
                    validUntil: Timestamp(microseconds: .max)
                )
            },
            policyEpoch: { 0 },
            record: { _ in .failure(refusal) },
            sequence: { _ in .failure(refusal) },
            writeRecords: { .failure(refusal) },
            recordOutcome: { _ in .failure(refusal) },
            whenDurable: { _, done in done(.failure(refusal)) },
            changeRefusal: { refusal },
            storeBlob: { _ in .failure(refusal) }
        )
    }
}
