internal import AccessModel
internal import Approvals
internal import Console
internal import Foundation
internal import PolicyEngine

extension GatewayCore {
    /// What jobs may ask of change sets.
    var changeSetPorts: ChangeSetPorts {
        ChangeSetPorts(
            request: { [changeSets] in await changeSets.request($0, token: $1, source: $2) },
            find: { [changeSets] in await changeSets.find($0, token: $1, source: $2) }
        )
    }

    /// What the admin socket may ask of approvals. Whoever may open it answers as the local operator, whom policy has to
    /// name (`approvers: [local]`).
    var approvalPorts: AdminApprovalPorts {
        AdminApprovalPorts(
            list: { [approvals, past] in
                let known = approvals.waiting + approvals.standing + approvals.recent
                let before = await past.list(but: Set(known.map(\.id.description)))
                return known.map { GatewayCore.json($0) } + before.map(\.json)
            },
            find: { [approvals, past, policy] id throws(ReadRefusal) in
                if let hold = approvals.find(id) { return GatewayCore.json(hold, policy.current.configuration) }
                return try await past.find(id)?.json
            },
            answer: { [approvals, past] id, answer in
                guard approvals.find(id) != nil else {
                    guard let state = (try? await past.find(id))?.state else { return .unknown }
                    return .refused("\(ApprovalRefusal.over(state))")
                }
                do throws(ApprovalRefusal) {
                    let hold = try await approvals.answer(
                        id,
                        by: GatewayCore.localOperator,
                        answer.isApproval ? .approve : .deny,
                        reason: answer.reason,
                        digest: answer.digest
                    )
                    return .taken(GatewayCore.json(hold))
                } catch {
                    return error == .unknown ? .unknown : .refused("\(error)")
                }
            },
            request: { [changeSets] in await changeSets.requestLocally($0) }
        )
    }

    /// With the details that one is shown with, where the configuration is given.
    private static func json(_ hold: Hold, _ configuration: Configuration? = nil) -> JSONBytes {
        var json = JSONBytes(reserving: 2048)
        json.appendRaw("{")
        json.append(membersOf: hold, at: SystemClock.now())
        if let configuration { json.append(detailOf: hold, configuration) }
        json.appendRaw("}")
        return json
    }

    static var localOperator: ApprovingPerson {
        let user = NSUserName()
        return ApprovingPerson(id: "local:\(user)", name: user, groups: [], channel: "admin socket", isLocal: true)
    }
}
