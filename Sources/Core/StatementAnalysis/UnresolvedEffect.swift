package import AccessModel

/// An effect whose object may not have a schema yet.
package struct UnresolvedEffect: Hashable, Sendable {
    package var action: Action
    package var object: ObjectName
    package var columns: [String]?
    package var kind: ObjectKind

    package init(action: Action, object: ObjectName, columns: [String]? = nil, kind: ObjectKind = .other) {
        self.action = action
        self.object = object
        self.columns = columns
        self.kind = kind
    }

    package var isChange: Bool {
        kind != .builtin && action.isChange
    }
}

extension UnresolvedEffect: Comparable {
    /// By action's word, schema, name, then columns.
    package static func < (left: UnresolvedEffect, right: UnresolvedEffect) -> Bool {
        if left.action != right.action { return left.action.rawValue < right.action.rawValue }
        if left.object.schema != right.object.schema { return (left.object.schema ?? "") < (right.object.schema ?? "") }
        if left.object.name != right.object.name { return left.object.name < right.object.name }
        if left.kind != right.kind { return left.kind.rawValue < right.kind.rawValue }
        return (left.columns ?? []).lexicographicallyPrecedes(right.columns ?? [])
    }
}
