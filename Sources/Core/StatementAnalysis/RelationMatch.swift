internal import AccessModel

/// What a relation's name means.
struct RelationMatch {
    /// The snapshot's relation.
    var known: CatalogRelation?
    /// Relations that the session itself may have made and that the snapshot does not hold; they would hide `known`.
    var made: [ObjectName] = []

    /// Whether it may have columns that the snapshot does not know.
    var isOpen: Bool { !made.isEmpty }
}
