internal import AccessModel
internal import AuditExport
internal import Notifications
internal import PolicyEngine

/// Which approvals a destination of notifications is told of.
struct NoticeFilter: Sendable {
    private let events: Set<String>
    private let approvers: Set<String>?
    private let base: String?

    /// What nobody could be told of for so long is of no use any more.
    private static let oldest = Duration.seconds(86_400)

    init(_ notification: NotificationConfiguration, base: String?) {
        events = Set(notification.events.map(\.rawValue))
        approvers = notification.approvers.map { Set($0.map(\.description)) }
        self.base = base
    }

    /// Nil for what this destination is not told of. `onOld` is told of what comes too late.
    func notice(_ event: AuditEvent, onOld: (ApprovalNotice) -> Void) -> ApprovalNotice? {
        guard let notice = notice(event) else { return nil }
        guard event.time.advanced(by: NoticeFilter.oldest) > SystemClock.now() else {
            onOld(notice)
            return nil
        }
        return notice
    }

    private func notice(_ event: AuditEvent) -> ApprovalNotice? {
        guard event.kind.hasPrefix("approval."),
            let notice = ApprovalNotice(event.members, link: { id in base.map { $0 + id } }),
            events.contains(notice.event.rawValue)
        else { return nil }
        guard let approvers else { return notice }
        return notice.approvers.contains(where: approvers.contains) ? notice : nil
    }
}
