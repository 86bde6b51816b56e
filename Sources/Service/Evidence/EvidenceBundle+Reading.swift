internal import AccessModel
internal import Crypto
internal import TransparencyLog

extension EvidenceBundle {
    /// Reads a file. What comes out is well-formed, and its file is this one, byte for byte: unknown, missing, surplus and
    /// changed members are refused. Whether it proves anything is for `EvidenceVerifier` to say.
    package init(file: [UInt8]) throws(BundleError) {
        let members = try StoredZip.members(of: file)
        var reading = BundleReading()
        for member in members { try reading.take(member) }
        self = try reading.bundle()
        try compare(members)
    }

    /// Texts of another version of the program cannot be compared; everything else has one form.
    private func compare(_ found: [StoredZip.Member]) throws(BundleError) {
        let expected: [StoredZip.Member]
        do throws(ProofError) {
            expected = try members()
        } catch {
            throw .log(.proof(error))
        }
        let isOurs = origin.texts == EvidenceOrigin.currentTexts
        for (position, member) in expected.enumerated() {
            guard position < found.count, found[position].name == member.name else {
                throw .member(member.name, "it is missing, or not in its place")
            }
            guard found[position].bytes == member.bytes else {
                if !isOurs, [BundleNames.readme, BundleNames.page].contains(member.name) { continue }
                throw .member(member.name, "it is not what the records and the proof say: it was changed")
            }
        }
        guard found.count == expected.count else {
            throw .member(found[expected.count].name.onOneLine, "a bundle has no such member, or not of these records")
        }
    }
}

/// Collects the members of a file.
private struct BundleReading {
    private var records: [EvidenceRecord] = []
    private var seen: Set<String> = []
    private var checkpoint: [UInt8] = []
    private var hashes: [MerkleHash] = []
    private var older: (size: UInt64, hashes: [MerkleHash])?
    private var policies: [String: [UInt8]] = [:]
    private var blobs: [String: [UInt8]] = [:]
    private var origin: EvidenceOrigin?

    private static let consistency = "countersign consistency-proof v1 from "

    mutating func take(_ member: StoredZip.Member) throws(BundleError) {
        let (name, bytes) = (member.name, member.bytes)
        seen.insert(name)
        switch name {
        case BundleNames.readme, BundleNames.page: break
        case BundleNames.origin: origin = try EvidenceOrigin(bytes)
        case BundleNames.checkpoint: checkpoint = bytes
        case BundleNames.proof:
            let most = 63 * (EvidenceBundle.mostRecords + 1)
            guard let list = HashList.read(bytes, most: most), list.heading == "countersign subset-proof v1" else {
                throw .member(name, "it is no list of hashes")
            }
            hashes = list.hashes
        case BundleNames.consistency: try takeConsistency(bytes)
        case BundleNames.records: try takeRecords(bytes)
        default: try takeNamed(name, bytes)
        }
    }

    private mutating func takeConsistency(_ bytes: [UInt8]) throws(BundleError) {
        guard let list = HashList.read(bytes, most: 64), list.heading.hasPrefix(BundleReading.consistency),
            let size = UInt64(list.heading.dropFirst(BundleReading.consistency.count))
        else { throw .member(BundleNames.consistency, "it is no list of hashes") }
        older = (size, list.hashes)
    }

    private mutating func takeRecords(_ bytes: [UInt8]) throws(BundleError) {
        guard bytes.last == 0x0A else { throw .member(BundleNames.records, "it does not end with a newline") }
        for line in bytes.dropLast().split(separator: 0x0A, omittingEmptySubsequences: false) {
            guard records.count < EvidenceBundle.mostRecords else {
                throw .member(BundleNames.records, "it has more than \(EvidenceBundle.mostRecords) records")
            }
            guard let record = EvidenceRecord(Array(line)) else {
                throw .member(BundleNames.records, "line \(records.count + 1) is no record")
            }
            if let last = records.last, last.index >= record.index {
                throw .member(BundleNames.records, "line \(records.count + 1) is there twice, or out of order")
            }
            records.append(record)
        }
    }

    /// Policies and blobs carry the name of what they hold.
    private mutating func takeNamed(_ name: String, _ bytes: [UInt8]) throws(BundleError) {
        guard !name.hasPrefix(BundleNames.proofs) else { return }
        let digest: Substring
        if name.hasPrefix(BundleNames.policies), name.hasSuffix(".yaml") {
            digest = name.dropFirst(BundleNames.policies.utf8.count).dropLast(5)
        } else if name.hasPrefix(BundleNames.blobs) {
            digest = name.dropFirst(BundleNames.blobs.utf8.count)
        } else {
            throw .member(name.onOneLine, "a bundle has no such member")
        }
        guard MerkleHash(SHA256.hash(data: bytes)).hex == digest else {
            throw .member(name.onOneLine, "its content is not what its name says: it was changed")
        }
        if name.hasPrefix(BundleNames.policies) {
            policies[String(digest)] = bytes
        } else {
            blobs[String(digest)] = bytes
        }
    }

    func bundle() throws(BundleError) -> EvidenceBundle {
        for name in BundleNames.required where !seen.contains(name) { throw .member(name, "it is missing") }
        guard let origin else { throw .member(BundleNames.origin, "it is missing") }
        let size: UInt64
        do throws(NoteError) {
            size = try Checkpoint(try SignedNote(checkpoint).text).size
        } catch {
            throw .log(.note(error))
        }
        let named = Set(records.compactMap(\.policy))
        for digest in policies.keys where !named.contains(digest) {
            throw .member("\(BundleNames.policies)\(digest).yaml", "no record names it")
        }
        let texts = Set(records.flatMap(\.blobs))
        for digest in blobs.keys where !texts.contains(digest) {
            throw .member("\(BundleNames.blobs)\(digest)", "no record names it")
        }
        return EvidenceBundle(
            records: records,
            checkpoint: checkpoint,
            proof: SubsetProof(size: size, hashes: hashes),
            consistency: older.map { ConsistencyProof(oldSize: $0.size, newSize: size, hashes: $0.hashes) },
            policies: policies,
            blobs: blobs,
            origin: origin
        )
    }
}
