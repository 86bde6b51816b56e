package import AccessModel

/// The masks in force for a session, resolved against a snapshot of its database: which columns of which relations are
/// read as what. What the masks mean for views over these relations, and for partitions, is for the rewriter to close.
package struct MaskPlan: Hashable, Sendable {
    /// Never with an empty inner table.
    package var relations: [ObjectName: [String: MaskMethod]]

    package init(_ relations: [ObjectName: [String: MaskMethod]] = [:]) {
        self.relations = relations
    }

    package var isEmpty: Bool { relations.isEmpty }
}
