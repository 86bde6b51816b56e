/// Who may say yes or no to a held command: a person, whoever is in a group, or whoever may open the gateway's admin
/// socket.
package enum Approver: Hashable, Sendable, CustomStringConvertible {
    case person(String)
    case group(String)
    case local

    /// As in the configuration: `ana@example.com`, `group:dba`, `local`.
    package var description: String {
        switch self {
        case .person(let id): id
        case .group(let name): "group:\(name)"
        case .local: "local"
        }
    }
}

extension Approver: Codable {
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        self = text == "local" ? .local : text.hasPrefix("group:") ? .group(String(text.dropFirst(6))) : .person(text)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
