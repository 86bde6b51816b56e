/// A function, procedure or aggregate of a snapshot.
package struct CatalogFunction: Hashable, Sendable {
    /// Always with its schema.
    package var name: ObjectName
    /// `i` immutable, `s` stable, `v` volatile.
    package var volatility: Character
    /// Whether it runs with its owner's rights.
    package var isSecurityDefiner: Bool
    /// `internal`, `c`, `sql`, `plpgsql`…
    package var language: String
    /// The types of its arguments, as `format_type` writes them.
    package var arguments: [String]

    package init(
        name: ObjectName,
        volatility: Character = "v",
        isSecurityDefiner: Bool = false,
        language: String = "sql",
        arguments: [String] = []
    ) {
        self.name = name
        self.volatility = volatility
        self.isSecurityDefiner = isSecurityDefiner
        self.language = language
        self.arguments = arguments
    }
}
