/// An approval that lets a command run: what the command's record says of it.
package struct ApprovalReference: Hashable, Sendable {
    package var id: ULID
    /// SHA-256 of what was approved, lower-case hexadecimal.
    package var digest: String
    /// Who said yes, in their order.
    package var approvers: [String]
    /// Where it was approved as a part of a change set: the numbers of its statements there, from 1.
    package var statements: [Int]

    package init(id: ULID, digest: String, approvers: [String], statements: [Int] = []) {
        self.id = id
        self.digest = digest
        self.approvers = approvers
        self.statements = statements
    }
}

extension JSONBytes {
    /// `{"id":"01J…","state":"approved","digest":"…","approvers":["ana@example.com"]}`; of a change set also
    /// `"kind":"change_set","statements":[2]`.
    package mutating func append(_ approval: ApprovalReference) {
        appendRaw("{")
        member("id")
        append(approval.id.description)
        member("state")
        append("approved")
        member("digest")
        append(approval.digest)
        member("approvers")
        append(approval.approvers)
        if !approval.statements.isEmpty {
            member("kind")
            append("change_set")
            member("statements")
            appendRaw("[")
            for (index, number) in approval.statements.enumerated() {
                if index > 0 { appendRaw(",") }
                append(Int64(number))
            }
            appendRaw("]")
        }
        appendRaw("}")
    }
}
