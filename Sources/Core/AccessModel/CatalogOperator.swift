/// An operator that users defined, with the function that it calls.
package struct CatalogOperator: Hashable, Sendable {
    /// Always with its schema: `public.=`.
    package var name: ObjectName
    package var function: ObjectName

    package init(name: ObjectName, function: ObjectName) {
        self.name = name
        self.function = function
    }
}
