import AccessModel

/// A pattern for one part of a name: a name, or a name with wildcards.
package enum NamePattern: Hashable, Sendable {
    case exact(String)
    case glob(Glob)

    package func matches(_ name: String) -> Bool {
        switch self {
        case .exact(let exact): exact.hasBytes(of: name)
        case .glob(let glob): glob.matches(name)
        }
    }

    package var isEverything: Bool {
        if case .glob(let glob) = self { glob.isEverything } else { false }
    }
}
