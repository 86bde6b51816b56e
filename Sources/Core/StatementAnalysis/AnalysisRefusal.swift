/// Why a whole text is denied before any policy is asked.
///
/// `message` is for the caller, who wrote the text: a syntax error may quote a piece of it. Logs and records take `code`.
package struct AnalysisRefusal: Error, Hashable, Sendable {
    package enum Code: Hashable, Sendable {
        case tooLong, notUTF8, containsNUL, syntax
        /// The kind of statement that the analysis has no meaning for, by its node name.
        case notUnderstood(String)
        case tooDeep
        /// A name that the snapshot of the catalog has no object for, or more than one. A newer snapshot may know it.
        case unknownName(String)
    }

    package var code: Code
    package var message: String
    /// For `syntax`: the character where it is, counted from 1 as in PostgreSQL's error field `P`.
    package var position: Int?
    /// For `unknownName`: what PostgreSQL says of such a name, 42P01 (relation), 42703 (column) or 42883 (function).
    package var unknownState: String?

    package init(code: Code, message: String, position: Int? = nil, unknownState: String? = nil) {
        self.code = code
        self.unknownState = unknownState
        self.message = message
        self.position = position
    }

    static let tooDeep = AnalysisRefusal(
        code: .tooDeep,
        message: "the statement is nested too deeply to be analysed"
    )

    static func notUnderstood(_ kind: String) -> AnalysisRefusal {
        AnalysisRefusal(code: .notUnderstood(kind), message: "\(kind) is not understood, and so not allowed")
    }

    static func unknownName(_ name: String, state: String = "42703") -> AnalysisRefusal {
        AnalysisRefusal(
            code: .unknownName(name),
            message: "\(name) is not known in the target's catalog, or not only once, and so not allowed",
            unknownState: state
        )
    }
}
