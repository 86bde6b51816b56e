internal import AccessModel
internal import Approvals
internal import PolicyEngine
internal import StatementAnalysis

extension JSONBytes {
    /// `,"formatted":["…"|null],"role_may":[{"target":…,"rules":[…],"masks":[…],"limits":{…},…}]`: each statement laid out for
    /// reading, of a command its whole text, null where that cannot be done; and the grants that the role has on the target
    /// now, so that whoever approves sees what a yes adds. A role that is gone has none.
    mutating func append(detailOf hold: Hold, _ configuration: Configuration) {
        let (target, texts): (String, [String]) =
            switch hold.subject {
            case .command(let command): (command.target, [command.text])
            case .changeSet(let set): (set.target, set.statements.map(\.text))
            }
        member("formatted")
        appendList(texts) { text, json in json.append(StatementLayout.of(text)) }
        member("role_may")
        let role = configuration.roles.first { $0.name.hasBytes(of: hold.subject.role) }
        appendList((role?.grants ?? []).filter { $0.target == target }) { grant, json in json.append(grant) }
    }
}
