internal import AccessModel

extension HoldAnswer {
    /// What the client is told of a hold that is over.
    init(_ hold: Hold) {
        switch hold.state {
        case .approved:
            self = .approved(
                ApprovalReference(id: hold.id, digest: hold.digest, approvers: hold.approvedBy)
            )
        case .denied(let person, let reason):
            self = .refused(reason: "denied by \(person)" + (reason.map { ": \($0)" } ?? ""))
        case .expired, .waiting: self = .refused(reason: "nobody approved it in time")
        case .withdrawn(let why): self = .refused(reason: why.rawValue)
        }
    }
}
