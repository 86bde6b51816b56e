internal import StatementAnalysis

extension AnalysisRefusal {
    /// What PostgreSQL itself would say of such a text, where it says anything.
    var sqlState: String {
        switch code {
        case .syntax: "42601"
        case .tooLong, .tooDeep: "54000"
        case .notUTF8, .containsNUL: "22021"
        case .notUnderstood: "42501"
        case .unknownName: unknownState ?? "42501"
        }
    }
}
