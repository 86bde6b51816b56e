/// The questions that a target's catalog is read with: one text of several statements, each row with its part (`s` what
/// came with the server, `u` the rest), its kind, and then its columns.
///
/// Every operator, function and type is qualified: the session's search path may be anything. One column holds one name,
/// so no name can be taken for two.
enum CatalogQuestion {
    /// What users made, and the session's temporary relations. `system`: what came with the server too.
    static func text(system: Bool) -> String {
        (statements(system: system) + [temporary]).joined(separator: "; ")
    }

    /// The same, one by one, without the session's own.
    static func statements(system: Bool) -> [String] {
        (system ? part("s", "<") + [builtins] : []) + part("u", ">=") + [userFunctions, operators, casts]
    }

    private static let eq = "OPERATOR(pg_catalog.=)"
    private static let differs = "OPERATOR(pg_catalog.<>)"
    /// Objects that came with the server have smaller numbers (FirstNormalObjectId).
    private static let firstOfUsers = "'16384'::pg_catalog.oid"
    private static let permanent = "c.relpersistence \(differs) 't'::pg_catalog.\"char\""
    private static let kinds = "c.relkind \(eq) ANY ('{r,p,v,m,f,S,c}'::pg_catalog.\"char\"[])"

    private static func part(_ part: String, _ comparison: String) -> [String] {
        let mine = "c.oid OPERATOR(pg_catalog.\(comparison)) \(firstOfUsers) AND \(kinds) AND \(permanent)"
        return [
            relations(part, mine), columns(part, mine), generated(part, mine), keys(part, mine), parents(part, mine),
            reads(part, mine),
        ]
    }

    private static func relations(_ part: String, _ mine: String) -> String {
        let invoker =
            "EXISTS (SELECT FROM pg_catalog.unnest(c.reloptions) o WHERE pg_catalog.lower(o) \(eq) ANY"
            + " ('{security_invoker=true,security_invoker=on,security_invoker=1,security_invoker=yes}'::pg_catalog.text[]))"
        let rules =
            "EXISTS (SELECT FROM pg_catalog.pg_rewrite w WHERE w.ev_class \(eq) c.oid"
            + " AND w.rulename \(differs) '_RETURN'::pg_catalog.name)"
        return "SELECT '\(part)', 'r', c.oid, n.nspname, c.relname, c.relkind, \(invoker), \(rules)"
            + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid \(eq) c.relnamespace WHERE \(mine)"
    }

    private static func columns(_ part: String, _ mine: String) -> String {
        let type =
            "CASE WHEN t.typnamespace \(eq) '11'::pg_catalog.oid"
            + " THEN pg_catalog.format_type(a.atttypid, a.atttypmod) ELSE"
            + " pg_catalog.concat(pg_catalog.quote_ident(n.nspname), '.', pg_catalog.quote_ident(t.typname)) END"
        return "SELECT '\(part)', 'c', a.attrelid, a.attname, \(type), a.attnotnull"
            + " FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid \(eq) a.attrelid"
            + " JOIN pg_catalog.pg_type t ON t.oid \(eq) a.atttypid"
            + " JOIN pg_catalog.pg_namespace n ON n.oid \(eq) t.typnamespace"
            + " WHERE a.attnum OPERATOR(pg_catalog.>) '0'::pg_catalog.int2 AND NOT a.attisdropped AND \(mine)"
            + " ORDER BY a.attrelid USING OPERATOR(pg_catalog.<), a.attnum USING OPERATOR(pg_catalog.<)"
    }

    /// Since version 15 the expression depends on the columns that it reads, before that the column did.
    private static func generated(_ part: String, _ mine: String) -> String {
        let own =
            "d.classid \(eq) '1259'::pg_catalog.oid AND d.objid \(eq) f.adrelid"
            + " AND d.objsubid \(eq) f.adnum::pg_catalog.int4"
        let expression = "d.classid \(eq) '2604'::pg_catalog.oid AND d.objid \(eq) f.oid"
        return "SELECT '\(part)', 'g', f.adrelid, a.attname, b.attname"
            + " FROM pg_catalog.pg_attrdef f JOIN pg_catalog.pg_class c ON c.oid \(eq) f.adrelid"
            + " JOIN pg_catalog.pg_attribute a ON a.attrelid \(eq) f.adrelid AND a.attnum \(eq) f.adnum"
            + " JOIN pg_catalog.pg_depend d ON (\(expression)) OR (\(own))"
            + " JOIN pg_catalog.pg_attribute b ON b.attrelid \(eq) f.adrelid"
            + " AND b.attnum::pg_catalog.int4 \(eq) d.refobjsubid"
            + " WHERE a.attgenerated \(differs) ''::pg_catalog.\"char\" AND d.refclassid \(eq) '1259'::pg_catalog.oid"
            + " AND d.refobjid \(eq) f.adrelid AND b.attnum \(differs) f.adnum AND \(mine)"
    }

    private static func parents(_ part: String, _ mine: String) -> String {
        "SELECT '\(part)', 'i', i.inhrelid, i.inhparent FROM pg_catalog.pg_inherits i"
            + " JOIN pg_catalog.pg_class c ON c.oid \(eq) i.inhrelid WHERE \(mine)"
    }

    /// The columns of primary keys that always hold: GROUP BY of these covers the whole row.
    private static func keys(_ part: String, _ mine: String) -> String {
        "SELECT '\(part)', 'k', k.conrelid, a.attname FROM pg_catalog.pg_constraint k"
            + " JOIN pg_catalog.pg_class c ON c.oid \(eq) k.conrelid"
            + " JOIN pg_catalog.pg_attribute a ON a.attrelid \(eq) k.conrelid AND a.attnum \(eq) ANY (k.conkey)"
            + " WHERE k.contype \(eq) 'p'::pg_catalog.\"char\" AND NOT k.condeferrable AND \(mine)"
    }

    /// A whole row (`to_json(t)`) leaves no dependency on columns behind. The rule's tree has it as attribute 0; which
    /// relation's it is is not looked for, so that a view with one counts as reading every column of all that it reads.
    private static func reads(_ part: String, _ mine: String) -> String {
        let whole = "pg_catalog.strpos(w.ev_action::pg_catalog.text, ':varattno 0 ') OPERATOR(pg_catalog.>) 0"
        return "SELECT DISTINCT '\(part)', 'v', w.ev_class, d.refobjid, a.attname FROM pg_catalog.pg_rewrite w"
            + " JOIN pg_catalog.pg_class c ON c.oid \(eq) w.ev_class"
            + " JOIN pg_catalog.pg_depend d ON d.classid \(eq) '2618'::pg_catalog.oid AND d.objid \(eq) w.oid"
            + " AND d.refclassid \(eq) '1259'::pg_catalog.oid AND d.refobjid \(differs) w.ev_class"
            + " LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid \(eq) d.refobjid"
            + " AND (a.attnum::pg_catalog.int4 \(eq) d.refobjsubid OR (a.attnum OPERATOR(pg_catalog.>) '0'::pg_catalog.int2"
            + " AND NOT a.attisdropped AND \(whole))) WHERE \(mine)"
    }

    /// Of the server's own functions the names alone: whether a call means one of them.
    private static let builtins =
        "SELECT DISTINCT 's', 'b', p.proname FROM pg_catalog.pg_proc p WHERE p.pronamespace \(eq) '11'::pg_catalog.oid"

    private static let userFunctions =
        "SELECT 'u', 'f', n.nspname, p.proname, p.provolatile, p.prosecdef, l.lanname FROM pg_catalog.pg_proc p"
        + " JOIN pg_catalog.pg_namespace n ON n.oid \(eq) p.pronamespace"
        + " JOIN pg_catalog.pg_language l ON l.oid \(eq) p.prolang WHERE p.pronamespace \(differs) '11'::pg_catalog.oid"

    private static let operators =
        "SELECT 'u', 'o', n.nspname, o.oprname, m.nspname, p.proname FROM pg_catalog.pg_operator o"
        + " JOIN pg_catalog.pg_namespace n ON n.oid \(eq) o.oprnamespace"
        + " JOIN pg_catalog.pg_proc p ON p.oid \(eq) o.oprcode::pg_catalog.oid"
        + " JOIN pg_catalog.pg_namespace m ON m.oid \(eq) p.pronamespace"
        + " WHERE o.oid OPERATOR(pg_catalog.>=) \(firstOfUsers)"

    private static let casts =
        "SELECT 'u', 'o', n.nspname, t.typname, m.nspname, p.proname FROM pg_catalog.pg_cast k"
        + " JOIN pg_catalog.pg_type t ON t.oid \(eq) k.casttarget"
        + " JOIN pg_catalog.pg_namespace n ON n.oid \(eq) t.typnamespace"
        + " JOIN pg_catalog.pg_proc p ON p.oid \(eq) k.castfunc"
        + " JOIN pg_catalog.pg_namespace m ON m.oid \(eq) p.pronamespace"
        + " WHERE p.oid OPERATOR(pg_catalog.>=) \(firstOfUsers)"

    private static let temporary =
        "SELECT 'u', 't', c.relname FROM pg_catalog.pg_class c"
        + " WHERE c.relnamespace \(eq) pg_catalog.pg_my_temp_schema() AND \(kinds)"
}
