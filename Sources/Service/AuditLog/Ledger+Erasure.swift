package import AccessModel
import Glibc
import Synchronization

extension Ledger {
    /// What was erased, and the record that says so.
    package struct Erasure: Hashable, Sendable {
        package var blob: String
        package var record: RecordReference
    }

    /// A blob that a record to come may just have named is not erased.
    private static let youngest = 3600

    /// Erases a blob: first the record that says so, on disk, then the file. Proofs hold: the records name the blob by its
    /// hash, which stays. Nil where there is no such blob, or it was named within the last hour.
    package func eraseBlob(_ digest: String, reason: String, rule: String?) throws(LedgerError) -> Erasure? {
        try erase(digest, reason: reason, rule: rule, before: time(nil) - Ledger.youngest)
    }

    /// Erases blobs that no record has named for `age`, at most `limit` of them.
    package func eraseBlobs(olderThan age: Duration, rule: String, limit: Int = 1000) throws(LedgerError) -> [Erasure] {
        let moment = time(nil) - max(Int(clamping: age.components.seconds), Ledger.youngest)
        let old = try blobs.withLock { blobs throws(LedgerError) in try blobs.unnamed(since: moment, limit: limit) }
        var erased: [Erasure] = []
        for digest in old {
            if let erasure = try erase(digest, reason: "retention", rule: rule, before: moment) {
                erased.append(erasure)
            }
        }
        return erased
    }

    private func erase(
        _ digest: String,
        reason: String,
        rule: String?,
        before moment: Int
    ) throws(LedgerError) -> Erasure? {
        // Under the lock that `storeBlob` takes: what is named from here on is stored anew.
        try blobs.withLock { blobs throws(LedgerError) in
            guard let named = blobs.lastNamed(digest), named < moment else { return nil }
            let record = try append(RecordDraft(kind: .blobErased, session: nil, body: body(digest, reason, rule)))
            try waitUntilDurable(record)
            // The record is on disk: a crash from here on leaves a blob that nobody needs, never one that is missed.
            try blobs.erase(digest)
            return Erasure(blob: digest, record: record)
        }
    }

    private func body(_ digest: String, _ reason: String, _ rule: String?) -> [UInt8] {
        var json = JSONBytes()
        json.appendRaw("\"erased\":{\"blob\":")
        json.append(digest)
        json.appendRaw(",\"reason\":")
        json.append(reason)
        json.appendRaw(",\"rule\":")
        json.append(rule)
        json.appendRaw("}")
        return json.bytes
    }

    private func waitUntilDurable(_ record: RecordReference) throws(LedgerError) {
        let answer = Answer<Result<Void, LedgerError>>()
        whenDurable(record.index) { answer.give($0) }
        guard let result = answer.wait(atMost: .seconds(600)) else { throw LedgerError(.failed(ETIMEDOUT)) }
        try result.get()
    }
}
