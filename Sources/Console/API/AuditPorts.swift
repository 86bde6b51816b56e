package import AccessModel

/// What the console asks of the audit trail; the composition root fills it. All of it reads disks off the event loops, and
/// answers within a bound of time or says that it did not.
package struct AuditPorts: Sendable {
    /// A file for an auditor.
    package struct EvidenceFile: Hashable, Sendable {
        /// `01J….countersign`
        package var name: String
        package var bytes: [UInt8]

        package init(name: String, bytes: [UInt8]) {
            self.name = name
            self.bytes = bytes
        }
    }

    package var now: @Sendable () -> Timestamp
    /// `{"records":[RECORD,…],"next":"CURSOR"|null,"complete":true,"reached":{"index":7,"time":"…Z"}|null,"behind":0}`
    ///
    /// A RECORD is one of `audit search --json`: a command joined with its session and its outcome. `next` goes on behind the
    /// last one, and is null at the end. `complete` is false where the time was over before the page was full: then `next`
    /// goes on behind `reached`, down to which everything was looked at. `behind` is how many records of the ledger cannot be
    /// found yet.
    package var search: @Sendable (AuditQuery, AuditOrder, PageRequest) async throws(ReadRefusal) -> JSONBytes
    /// RECORD with its `outcome`; nil where there is none of that id.
    package var record: @Sendable (ULID) async throws(ReadRefusal) -> JSONBytes?
    /// `{"counted":2000,"complete":false,"since":"…Z"|null,"facets":{"kind":[{"value":"command","count":1900},…],
    /// "decision":[…],"role":[…],"owner":[…],"target":[…],"principal":[…],"repository":[…],"action":[…],"object":[…]}}`
    ///
    /// Counted among the newest records that match, at most 2,000; `complete` says whether that was all of them. Each list
    /// has the ten most frequent values, the most frequent one first.
    package var facets: @Sendable (AuditQuery) async throws(ReadRefusal) -> JSONBytes
    /// `{"id":"…","index":7,"size":1042,"entry":"BASE64","leaf":"BASE64","hashes":["BASE64",…],"root":"BASE64",
    /// "checkpoint":"…","key":"…","tlog_proof":"…"}`; nil where there is no such record.
    ///
    /// `entry` is the record's bytes in the log; `leaf` is SHA-256(0x00 ‖ entry); `hashes` lead from it to `root` in a tree of
    /// `size` leaves (RFC 9162 section 2.1.3); `checkpoint` is the signed note with that root; `key` is the log's verifier key;
    /// `tlog_proof` is all of it as C2SP tlog-proof has it. Throws `notYet` until a checkpoint covers the record.
    package var proof: @Sendable (ULID) async throws(ReadRefusal) -> JSONBytes?
    /// The bundle of one record, as `ledger prove` makes it; nil where there is no such record. That somebody took it is
    /// recorded first. Throws `notYet` until a checkpoint covers the record.
    package var bundle: @Sendable (ULID, SignedInPerson) async throws(ReadRefusal) -> EvidenceFile?
    /// The bundle of all records that match, as `evidence` makes it; nil where none does. The text says what was asked, for
    /// the file and for the record that somebody took it, which is written first. Throws `notYet` until a checkpoint covers
    /// them all, and `invalid` where more match than a file is made of here.
    package var evidence: @Sendable (AuditQuery, String, SignedInPerson) async throws(ReadRefusal) -> EvidenceFile?

    package init(
        now: @escaping @Sendable () -> Timestamp,
        search: @escaping @Sendable (AuditQuery, AuditOrder, PageRequest) async throws(ReadRefusal) -> JSONBytes,
        record: @escaping @Sendable (ULID) async throws(ReadRefusal) -> JSONBytes?,
        facets: @escaping @Sendable (AuditQuery) async throws(ReadRefusal) -> JSONBytes,
        proof: @escaping @Sendable (ULID) async throws(ReadRefusal) -> JSONBytes?,
        bundle: @escaping @Sendable (ULID, SignedInPerson) async throws(ReadRefusal) -> EvidenceFile?,
        evidence: @escaping @Sendable (AuditQuery, String, SignedInPerson) async throws(ReadRefusal) -> EvidenceFile?
    ) {
        self.now = now
        self.search = search
        self.record = record
        self.facets = facets
        self.proof = proof
        self.bundle = bundle
        self.evidence = evidence
    }

    private static let refusal = ReadRefusal.unavailable("the audit trail is not connected")

    package static let none = AuditPorts(
        now: { Timestamp(seconds: 0) },
        search: { _, _, _ throws(ReadRefusal) in throw refusal },
        record: { _ throws(ReadRefusal) in throw refusal },
        facets: { _ throws(ReadRefusal) in throw refusal },
        proof: { _ throws(ReadRefusal) in throw refusal },
        bundle: { _, _ throws(ReadRefusal) in throw refusal },
        evidence: { _, _, _ throws(ReadRefusal) in throw refusal }
    )
}
