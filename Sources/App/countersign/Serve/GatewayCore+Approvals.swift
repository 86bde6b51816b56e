internal import AccessModel
internal import Approvals
internal import Console
internal import Foundation

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
            list: { [approvals] in
                let now = SystemClock.now()
                return (approvals.waiting + approvals.standing + approvals.recent).map { hold in
                    var json = JSONBytes(reserving: 2048)
                    json.append(hold, at: now)
                    return json
                }
            },
            answer: { [approvals] id, answer in
                do throws(ApprovalRefusal) {
                    let hold = try await approvals.answer(
                        id,
                        by: GatewayCore.localOperator,
                        answer.isApproval ? .approve : .deny,
                        reason: answer.reason,
                        digest: answer.digest
                    )
                    var json = JSONBytes(reserving: 2048)
                    json.append(hold, at: SystemClock.now())
                    return .taken(json)
                } catch {
                    return error == .unknown ? .unknown : .refused("\(error)")
                }
            },
            request: { [changeSets] in await changeSets.requestLocally($0) }
        )
    }

    static var localOperator: ApprovingPerson {
        let user = NSUserName()
        return ApprovingPerson(id: "local:\(user)", name: user, groups: [], channel: "admin socket", isLocal: true)
    }
}
