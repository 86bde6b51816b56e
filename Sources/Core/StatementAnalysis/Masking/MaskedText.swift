package import AccessModel

/// A text whose masked relations are read through their masks.
package struct MaskedText: Hashable, Sendable {
    /// What goes to the target: the text that was given, but for the places where it reads masked relations.
    package let text: String
    /// The masked relations that the text reads, sorted by schema and name.
    package let masked: [MaskedColumns]
    /// From places in `text` to places in the text that was given.
    package let positions: PositionMap
    /// Sorted by place.
    let edits: [TextEdit]

    /// The relations of a text and which of their columns it can see masked alone.
    package struct MaskedColumns: Hashable, Sendable {
        package let relation: ObjectName
        /// Sorted. Every masked column of the relation, whether the text names it or not.
        package let columns: [String]
    }

    /// What masks make of `other`, where this is what they made of `original` and both are the same but for the values of integers;
    /// nil where they are not. Masks look at names, calls and strings, and at no integer: the places are the same tokens.
    package func moved(
        from original: UnsafeBufferPointer<UInt8>,
        to other: UnsafeBufferPointer<UInt8>,
        limit: Int
    ) -> MaskedText? {
        let places = edits.flatMap { [$0.range.lowerBound, $0.range.upperBound] }
        guard let moved = IntegerShape.places(places, of: original, in: other) else { return nil }
        let edits = edits.enumerated().map { index, edit in
            TextEdit(range: moved[2 * index]..<moved[2 * index + 1], replacement: edit.replacement)
        }
        guard let text = TextEdit.apply(edits, to: other), text.count <= limit else { return nil }
        return MaskedText(
            text: String(decoding: text, as: UTF8.self),
            masked: masked,
            positions: PositionMap(edits, of: other),
            edits: edits
        )
    }
}
