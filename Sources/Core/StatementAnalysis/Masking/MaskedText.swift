package import AccessModel

/// A text whose masked relations are read through their masks.
package struct MaskedText: Hashable, Sendable {
    /// What goes to the target: the text that was given, but for the places where it reads masked relations.
    package let text: String
    /// The masked relations that the text reads, sorted by schema and name.
    package let masked: [MaskedColumns]
    /// From places in `text` to places in the text that was given.
    package let positions: PositionMap

    /// The relations of a text and which of their columns it can see masked alone.
    package struct MaskedColumns: Hashable, Sendable {
        package let relation: ObjectName
        /// Sorted. Every masked column of the relation, whether the text names it or not.
        package let columns: [String]
    }
}
