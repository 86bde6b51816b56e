/// Which namespace an object's name lives in. Only `relation`, `function`, `type` and `builtin` are looked up in the
/// search_path when they have no schema.
package enum ObjectKind: Int, Hashable, Sendable {
    case relation, function, type, schema, other
    /// A call of a safe built-in function by its name alone: nothing, as long as pg_catalog is searched first.
    case builtin
}
