internal import AccessModel

/// What stands where a masked relation is read: a sub-select of all its columns, masked ones as their masks.
struct MaskedSource: Sendable {
    let relation: CatalogRelation
    let masks: [String: MaskMethod]
    /// The names of all its columns.
    let columns: Set<String>
    /// `(SELECT "t"."id", … AS "email" FROM `
    private let opening: [UInt8]
    /// `"public"."t"`
    private let base: [UInt8]
    /// The syntax of the whole, and of that with ONLY.
    private let shape: [UInt8]
    private let onlyShape: [UInt8]

    /// Nil where a mask does not fit its column, or the parser does not read the text as it is meant.
    init?(_ relation: CatalogRelation, _ masks: [String: MaskMethod], _ key: MaskKeySource?) {
        guard let list = MaskedSource.list(relation, masks, key) else { return nil }
        self.relation = relation
        self.masks = masks
        columns = Set(relation.columns.map(\.name))
        let (opening, base) = (Array("(SELECT \(list) FROM ".utf8), Array(QuotedName.of(relation.name).utf8))
        (self.opening, self.base) = (opening, base)
        guard let shape = try? SubselectShape.of(opening + base + [0x29], of: relation.name),
            let onlyShape = try? SubselectShape.of(opening + MaskedSource.only + base + [0x29], of: relation.name)
        else { return nil }
        (self.shape, self.onlyShape) = (shape, onlyShape)
    }

    /// Each column behind the relation's name: a name that the target does not have any more must not be found in a
    /// query around this one.
    private static func list(_ relation: CatalogRelation, _ masks: [String: MaskMethod], _ key: MaskKeySource?)
        -> String?
    {
        var items: [String] = []
        for column in relation.columns {
            let name = "\(QuotedName.of(relation.name.name)).\(QuotedName.of(column.name))"
            guard let method = masks[column.name] else {
                items.append(name)
                continue
            }
            guard let masked = method.expression(column: name, type: column.type, key: key) else { return nil }
            items.append("\(masked) AS \(QuotedName.of(column.name))")
        }
        return items.joined(separator: ", ")
    }

    /// The sub-select in its parentheses.
    func text(isOnly: Bool) -> [UInt8] {
        opening + (isOnly ? MaskedSource.only : []) + base + [0x29]
    }

    private static let only = Array("ONLY ".utf8)

    /// The byte of the sub-select at which the relation's name begins.
    func anchor(isOnly: Bool) -> Int {
        opening.count + (isOnly ? MaskedSource.only.count : 0)
    }

    /// The syntax of the sub-select without its parentheses.
    func shape(isOnly: Bool) -> [UInt8] {
        isOnly ? onlyShape : shape
    }

    // MARK: - COPY

    /// What stands before and behind the sub-select in COPY of these columns.
    func copying(_ columns: [String]) -> (opening: [UInt8], closing: [UInt8]) {
        let name = QuotedName.of(relation.name.name)
        let list = columns.map { "\(name).\(QuotedName.of($0))" }.joined(separator: ", ")
        return (Array("(SELECT \(list) FROM ".utf8), Array(" AS \(name))".utf8))
    }

    func copyingShape(_ columns: [String]) throws(MaskRefusal) -> [UInt8] {
        let (opening, closing) = copying(columns)
        return try SubselectShape.of(opening + text(isOnly: true) + closing, of: relation.name)
    }
}
