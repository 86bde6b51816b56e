package import AccessModel

/// A mask that cannot be in force as it was asked for.
package struct MaskProblem: Hashable, Sendable, Comparable {
    package enum Code: Hashable, Sendable {
        case noSuchRelation, noSuchColumn
        /// A sequence, an index: nothing that has columns of its own.
        case notReadable
        /// The method does not fit the column's type, which is named; or `hash` has no key.
        case notApplicable(type: String)
        case notExpressible
    }

    package let relation: ObjectName
    package let column: String?
    package let code: Code

    package static func < (left: MaskProblem, right: MaskProblem) -> Bool {
        left.place.lexicographicallyPrecedes(right.place)
    }

    private var place: [String] {
        [relation.schema ?? "", relation.name, column ?? "", "\(code)"]
    }
}
