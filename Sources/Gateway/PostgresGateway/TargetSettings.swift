/// Settings of a target that change how it reads a statement.
enum TargetSettings {
    /// The analysis takes a statement as UTF-8 with standard strings. Under another encoding or another reading of the
    /// backslash the target would run another statement than the one that was judged.
    static func readsStatementsAsAnalysed(_ name: String, _ value: String) -> Bool {
        switch name {
        case "standard_conforming_strings": value == "on"
        case "client_encoding": ["UTF8", "UNICODE", "SQL_ASCII"].contains(value.uppercased())
        default: true
        }
    }
}
