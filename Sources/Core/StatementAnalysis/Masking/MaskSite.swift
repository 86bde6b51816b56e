internal import AccessModel

/// A place of a text that reads a masked relation.
struct MaskSite: Hashable {
    let relation: ObjectName
    /// The RangeVar in the tape.
    let entry: Int
    /// The byte of the text where the relation's name begins.
    let location: Int
    let isOnly: Bool
    /// Whether the text gives it a name of its own, which then stays as it is.
    let hasAlias: Bool
    /// For COPY: its statement in the tape, and the columns that it gives out.
    var copy: Copy?

    struct Copy: Hashable {
        let statement: Int
        let columns: [String]
        let hasList: Bool
    }
}
