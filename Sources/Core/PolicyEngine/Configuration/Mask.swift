package import AccessModel

/// A column that a role may not see as it is, and what it is shown instead.
package struct Mask: Hashable, Sendable {
    package var relation: ObjectPattern
    package var column: NamePattern
    package var method: MaskMethod
    /// The key, as the file has it: `public.customers.email`.
    package var text: String
    package var place: Place
}

extension Mask {
    static func read(_ key: String, _ place: Place, _ field: Field) -> Mask? {
        do {
            let (relation, column) = try ObjectPatternParser.column(key)
            return MaskMethod.read(field).map {
                Mask(relation: relation, column: column, method: $0, text: key, place: place)
            }
        } catch {
            field.report(error.message, at: place)
            return nil
        }
    }
}
