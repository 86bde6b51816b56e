/// Configuration parameters that a session may set without a grant: they change how its own results look, how its own
/// statements are planned and how long they may take, and none of what another session or the server does.
enum Settings {
    private static let harmless: Set<String> = [
        "bytea_output", "check_function_bodies", "client_min_messages", "constraint_exclusion", "cursor_tuple_fraction",
        "datestyle", "default_table_access_method", "default_tablespace", "default_text_search_config",
        "default_toast_compression", "default_transaction_deferrable", "default_transaction_isolation",
        "default_transaction_read_only", "enable_async_append", "enable_bitmapscan", "enable_gathermerge",
        "enable_hashagg", "enable_hashjoin", "enable_incremental_sort", "enable_indexonlyscan", "enable_indexscan",
        "enable_material", "enable_memoize", "enable_mergejoin", "enable_nestloop", "enable_parallel_append",
        "enable_parallel_hash", "enable_partition_pruning", "enable_partitionwise_aggregate",
        "enable_partitionwise_join", "enable_seqscan", "enable_sort", "enable_tidscan", "escape_string_warning",
        "extra_float_digits", "from_collapse_limit", "geqo", "geqo_threshold", "idle_in_transaction_session_timeout",
        "idle_session_timeout", "intervalstyle", "jit", "join_collapse_limit", "lc_monetary", "lc_numeric", "lc_time",
        "lock_timeout", "plan_cache_mode", "random_page_cost", "row_security", "seq_page_cost", "statement_timeout",
        "synchronize_seqscans", "timezone", "transaction_deferrable", "transaction_isolation", "transaction_read_only",
        "transaction_timeout", "xmlbinary", "xmloption",
    ]

    /// Whether this value needs no grant. A nil value is RESET or DEFAULT; names are in lower case.
    static func isHarmless(_ name: String, value: String?) -> Bool {
        switch name {
        case "client_encoding":
            // In any other encoding the server could read another statement than the one that was analysed.
            ["utf8", "unicode"].contains(value.map { letters($0) })
        case "standard_conforming_strings":
            ["on", "true", "yes", "1"].contains(value.map { IdentifierText.lowercased($0) })
        default: harmless.contains(name)
        }
    }

    /// PostgreSQL compares the names of encodings by their letters and digits alone.
    private static func letters(_ text: String) -> String {
        IdentifierText.lowercased(text).filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }
}
