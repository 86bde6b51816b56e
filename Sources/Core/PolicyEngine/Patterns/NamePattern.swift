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

    /// Whether this surely matches all that the other does.
    func contains(_ other: NamePattern) -> Bool {
        switch (self, other) {
        case (_, .exact(let name)): matches(name)
        case (.glob(let glob), .glob(let inner)): glob.contains(inner)
        case (.exact, .glob): false
        }
    }

    package var isEverything: Bool {
        if case .glob(let glob) = self { glob.isEverything } else { false }
    }
}
