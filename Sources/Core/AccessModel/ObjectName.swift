/// The name of an object of a target: `public.orders`, or a name without a schema where the target has none
/// (a function's language, a parameter) or where it was not given.
package struct ObjectName: Hashable, Sendable, CustomStringConvertible {
    package var schema: String?
    package var name: String

    package init(schema: String? = nil, name: String) {
        self.schema = schema
        self.name = name
    }

    /// By bytes, as a target compares names: `é` in one code point and in two are two relations.
    package static func == (left: ObjectName, right: ObjectName) -> Bool {
        guard left.name.hasBytes(of: right.name) else { return false }
        guard let schema = left.schema, let other = right.schema else {
            return left.schema == nil && right.schema == nil
        }
        return schema.hasBytes(of: other)
    }

    package var description: String {
        schema.map { "\($0).\(name)" } ?? name
    }
}
