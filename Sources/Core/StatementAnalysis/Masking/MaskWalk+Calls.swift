/// Functions and settings that could go around masks, by name.
///
/// The analysis asks for an `execute` grant for most of them; with masks in force a grant does not help.
///
/// GAP: a function of a user that is granted runs as it is written: it can read tables as they are, and can call these.
extension MaskWalk {
    mutating func call(_ index: Int) throws(MaskRefusal) {
        guard let name = tape.member(.funcname, of: index).flatMap({ tape.names(in: $0).last }) else { return }
        try refuseFunction(name)
        guard name == "current_setting" || name == "set_config" else { return }
        if let setting = firstArgument(of: index) { return try refuseSetting(setting) }
        // Only a constant says which setting it is. A session that needs no key has none.
        if masks.needsKey { throw MaskRefusal(.function(name)) }
    }

    /// `(x).f` and `x.f`: PostgreSQL calls the function f with x, of whatever type it is, where x has no such field.
    func fieldCalls(_ names: some Sequence<String>) throws(MaskRefusal) {
        for name in names {
            try refuseFunction(name)
            if name == "current_setting", masks.needsKey { throw MaskRefusal(.function(name)) }
        }
    }

    private func refuseFunction(_ name: String) throws(MaskRefusal) {
        guard MaskWalk.forbidden.contains(name) || name.hasPrefix("dblink") else { return }
        throw MaskRefusal(.function(name))
    }

    /// Reading and setting of parameters by SHOW and SET.
    mutating func setting(_ node: Int) throws(MaskRefusal) {
        if let name = tape.text(.name, of: node) { try refuseSetting(name) }
    }

    private func refuseSetting(_ name: String) throws(MaskRefusal) {
        // The server compares names of settings without regard to case.
        guard IdentifierText.lowercased(name).hasPrefix("countersign.mask_") else { return }
        throw MaskRefusal(.setting(name))
    }

    private func firstArgument(of call: Int) -> String? {
        guard let first = tape.member(.args, of: call).flatMap({ tape.children(of: $0).first }) else { return nil }
        var holder = first
        if let cast = tape.member(.typeCast, of: first), let argument = tape.member(.arg, of: cast) {
            holder = argument
        }
        guard let constant = tape.member(.aConst, of: holder), let value = tape.member(.sval, of: constant) else {
            return nil
        }
        return tape.text(.sval, of: value) ?? ""
    }

    private static let forbidden: Set<String> = [
        // A query or a relation given as text.
        "query_to_xml", "query_to_xmlschema", "query_to_xml_and_xmlschema", "table_to_xml", "table_to_xmlschema",
        "table_to_xml_and_xmlschema", "schema_to_xml", "schema_to_xmlschema", "schema_to_xml_and_xmlschema",
        "database_to_xml", "database_to_xmlschema", "database_to_xml_and_xmlschema", "ts_stat", "ts_rewrite",
        "crosstab", "crosstabn", "crosstab2", "crosstab3", "crosstab4", "connectby", "xpath_table",
        // The server's files, pages and log.
        "pg_read_file", "pg_read_binary_file", "pg_read_file_old", "pg_file_read", "lo_import", "get_raw_page",
        "heap_page_items", "heap_page_item_attrs", "tuple_data_split", "bt_page_items", "brin_page_items",
        "gist_page_items", "gist_page_items_bytea", "hash_page_items", "pg_get_wal_fpi_info",
        "pg_logical_slot_get_changes", "pg_logical_slot_peek_changes",
        "pg_logical_slot_get_binary_changes", "pg_logical_slot_peek_binary_changes", "pg_get_wal_block_info",
        // Statements of others, and of this session with its masks.
        "pg_stat_get_activity", "pg_stat_get_backend_activity", "pg_prepared_statement", "pg_cursor",
        "pg_stat_statements",
        // What the planner keeps of values.
        "pg_mcv_list_items",
    ]
}
