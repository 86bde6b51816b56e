/// The name of an object of a target: `public.orders`, or a name without a schema where the target has none
/// (a function's language, a parameter) or where it was not given.
package struct ObjectName: Hashable, Sendable, CustomStringConvertible {
    package var schema: String?
    package var name: String

    package init(schema: String? = nil, name: String) {
        self.schema = schema
        self.name = name
    }

    package var description: String {
        schema.map { "\($0).\(name)" } ?? name
    }
}
