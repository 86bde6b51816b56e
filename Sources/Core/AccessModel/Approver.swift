/// Who may say yes or no to a held command: a person, or whoever is in a group.
package enum Approver: Hashable, Sendable, CustomStringConvertible {
    case person(String)
    case group(String)

    /// As in the configuration: `ana@example.com`, `group:dba`.
    package var description: String {
        switch self {
        case .person(let id): id
        case .group(let name): "group:\(name)"
        }
    }
}
