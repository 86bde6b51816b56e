internal import AccessModel
internal import Approvals
internal import Console
internal import Foundation

extension GatewayCore {
    /// What the admin socket may ask of approvals. Whoever may open it answers as the local operator, whom policy has to
    /// name (`approvers: [local]`).
    var approvalPorts: AdminApprovalPorts {
        AdminApprovalPorts(
            list: { [approvals] in
                let now = SystemClock.now()
                return (approvals.waiting + approvals.recent).map { hold in
                    var json = JSONBytes(reserving: 2048)
                    json.append(hold, at: now)
                    return json
                }
            },
            answer: { [approvals] id, answer in
                do throws(ApprovalRefusal) {
                    let hold = try approvals.answer(
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
            }
        )
    }

    static var localOperator: ApprovingPerson {
        let user = NSUserName()
        return ApprovingPerson(id: "local:\(user)", name: user, groups: [], channel: "admin socket", isLocal: true)
    }
}
