/// An approval that lets a command run: what the command's record says of it.
package struct ApprovalReference: Hashable, Sendable {
    package var id: ULID
    /// SHA-256 of what was approved, lower-case hexadecimal.
    package var digest: String
    /// Who said yes, in their order.
    package var approvers: [String]

    package init(id: ULID, digest: String, approvers: [String]) {
        self.id = id
        self.digest = digest
        self.approvers = approvers
    }
}

extension JSONBytes {
    /// `{"id":"01J…","digest":"…","approvers":["ana@example.com"]}`
    package mutating func append(_ approval: ApprovalReference) {
        appendRaw("{")
        member("id")
        append(approval.id.description)
        member("digest")
        append(approval.digest)
        member("approvers")
        append(approval.approvers)
        appendRaw("}")
    }
}
