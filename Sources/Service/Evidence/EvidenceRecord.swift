package import AccessModel
package import TransparencyLog

/// A record as the log has it, byte for byte, and what it says of itself.
package struct EvidenceRecord: Sendable {
    package let members: JSONMembers
    /// Its place in the log.
    package let index: UInt64
    package let id: String
    package let time: String
    package let kind: String
    /// The session that it belongs to.
    package let session: String?

    package var bytes: [UInt8] { members.text.bytes }

    /// Nil unless it is one line of JSON with the members that every record has.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count <= EntryBundle.longestEntry, !bytes.contains(0x0A),
            String(validating: bytes, as: UTF8.self) != nil, let members = JSONMembers(bytes),
            let index = members.number("index"), let id = members.string("id"), ULID(id) != nil,
            let time = members.string("time"), Timestamp(rfc3339: time) != nil, let kind = members.string("kind")
        else { return nil }
        self.members = members
        self.index = index
        self.id = id
        self.time = time
        self.kind = kind
        session = members.string("session")
    }

    package var leaf: SubsetProof.Leaf {
        SubsetProof.Leaf(index: index, hash: .leaf(bytes))
    }

    // MARK: What it names

    /// The SHA-256 of the policy that decided, or came into force.
    package var policy: String? {
        let named = members.string("policy") ?? members.object("decision")?.string("policy")
        guard let named, named.hasPrefix("sha256:") else { return nil }
        return String(named.dropFirst(7))
    }

    /// The SHA-256 of texts that are kept beside the log.
    package var blobs: [String] {
        var digests: [String] = []
        guard let command = members.object("command") else { return [] }
        if command.isNull("text"), let digest = command.string("sha256") { digests.append(digest) }
        if command.isNull("parameters"), let digest = command.object("parameters_blob")?.string("sha256") {
            digests.append(digest)
        }
        return digests
    }
}
