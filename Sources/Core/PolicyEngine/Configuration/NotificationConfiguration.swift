package import AccessModel

/// Where people are told of approvals while they are not looking.
package struct NotificationConfiguration: Hashable, Sendable {
    package enum Event: String, Hashable, Sendable, CaseIterable {
        case requested = "approval.requested"
        case escalated = "approval.escalated"
        case decided = "approval.decided"
        case expired = "approval.expired"
        case withdrawn = "approval.withdrawn"
    }

    package enum Destination: Hashable, Sendable {
        case webhook(Webhook)
        case smtp(SMTP)
    }

    package struct Webhook: Hashable, Sendable {
        package enum Format: String, Hashable, Sendable, CaseIterable {
            case json, slack, teams
        }

        package enum Address: Hashable, Sendable {
            case url(String)
            /// Chats give addresses that are secrets.
            case secret(SecretReference)
        }

        package var url: Address
        package var format: Format
        /// Nil: not signed.
        package var secret: SecretReference?
        package var ca: String?
    }

    package struct SMTP: Hashable, Sendable {
        package enum Security: String, Hashable, Sendable, CaseIterable {
            case starttls, implicit, none
        }

        package struct Credential: Hashable, Sendable {
            package var user: String
            package var password: SecretReference
        }

        package var address: NetworkAddress
        package var security: Security
        package var ca: String?
        package var from: String
        package var credential: Credential?
        /// The addresses of each approver.
        package var recipients: [Approver: [String]]
    }

    package var name: String
    package var destination: Destination
    package var events: [Event]
    /// Only of approvals that ask one of these; nil for all.
    package var approvers: [Approver]?
    package var place: Place
}
