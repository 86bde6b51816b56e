package import AccessModel

/// What approvals need of the rest of the house; the composition root fills it.
package struct ApprovalPorts: Sendable {
    package var now: @Sendable () -> Timestamp
    package var newID: @Sendable (Timestamp) -> ULID
    /// Random bytes of the system.
    package var random: @Sendable (Int) -> [UInt8]
    /// Appends a record and gives its number; nil where the ledger takes none. What was not recorded did not happen.
    package var record: @Sendable (RecordDraft) -> UInt64?
    /// Calls back once, on another thread: true when the record of that number is on disk, false when it cannot get there.
    package var whenDurable: @Sendable (_ index: UInt64, _ done: @escaping @Sendable (Bool) -> Void) -> Void
    /// The address of an approval for people; nil where there is none.
    package var link: @Sendable (ULID) -> String?
    /// Told of each hold that began, was answered or ended, after its record. Must not block.
    package var changed: @Sendable (Hold) -> Void
    /// The canonical forms of a text's statements, by which a change set knows them; nil where they are not so many.
    package var canonical: @Sendable (_ text: String, _ count: Int) -> [String]?
    package var store: (any ChangeSetStore)?

    package init(
        now: @escaping @Sendable () -> Timestamp,
        newID: @escaping @Sendable (Timestamp) -> ULID,
        random: @escaping @Sendable (Int) -> [UInt8],
        record: @escaping @Sendable (RecordDraft) -> UInt64?,
        whenDurable: @escaping @Sendable (UInt64, @escaping @Sendable (Bool) -> Void) -> Void,
        link: @escaping @Sendable (ULID) -> String?,
        changed: @escaping @Sendable (Hold) -> Void,
        canonical: @escaping @Sendable (String, Int) -> [String]? = { _, _ in nil },
        store: (any ChangeSetStore)? = nil
    ) {
        self.now = now
        self.newID = newID
        self.random = random
        self.record = record
        self.whenDurable = whenDurable
        self.link = link
        self.changed = changed
        self.canonical = canonical
        self.store = store
    }
}
