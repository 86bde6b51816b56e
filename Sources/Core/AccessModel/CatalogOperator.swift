/// An operator or a cast that users defined, with the function that it calls.
///
/// Of `pg_operator` the ones outside of pg_catalog; of `pg_cast` the ones with a function, made after initdb
/// (`oid >= 16384`).
package struct CatalogOperator: Hashable, Sendable {
    /// Always with its schema: `public.=`; for a cast the type that it casts to (`pg_type.typname`): `public.mood`.
    package var name: ObjectName
    package var function: ObjectName

    package init(name: ObjectName, function: ObjectName) {
        self.name = name
        self.function = function
    }
}
