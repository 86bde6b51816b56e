package import AccessModel

/// Why a text is refused where masks are in force. Safe to print: names alone, never a value.
package struct MaskRefusal: Error, Hashable, Sendable {
    package enum Code: Hashable, Sendable {
        /// The parser refuses it, or it is beyond the limits of an analysis.
        case notParsed, tooLong, tooDeep
        /// No relation of the snapshot has this name: a newer snapshot may.
        case unknownRelation(ObjectName)
        /// It shows masked columns of others, and has no masks of its own: a view, the planner's statistics.
        case hidden(ObjectName)
        /// A mask of it cannot be applied: a column is not there, or not of a type that the mask fits.
        case broken(ObjectName)
        /// Without a schema it means this today, and a masked relation once that is gone or the path is another.
        case unqualified(ObjectName)
        /// Its rewrite rules may read what is masked.
        case rules(ObjectName)
        /// The plan of a statement over it tells how many rows a condition finds.
        case explained(ObjectName)
        /// A kind of statement that keeps what it reads, or changes what masks are bound to.
        case kept(ObjectName, kind: String)
        /// A change of it that reads its masked column.
        case readsTarget(ObjectName, column: String)
        /// Sampling, COPY of what is not a plain table, a system column, a name that two relations have.
        case cannotRewrite(ObjectName, what: String)
        /// It would show the text of statements, run a text as a statement, or read the masks' key.
        case function(String)
        /// A function whose body is a text: what it reads is not seen.
        case body
        /// A setting of the masks.
        case setting(String)
        /// The rewritten text does not mean the same. No statement should come to this.
        case differs
    }

    package let code: Code

    init(_ code: Code) {
        self.code = code
    }

    static let notParsed = MaskRefusal(.notParsed)
    static let tooDeep = MaskRefusal(.tooDeep)
    static let differs = MaskRefusal(.differs)
    static let tooLong = MaskRefusal(.tooLong)

    /// One sentence for the caller.
    package var message: String {
        switch code {
        case .notParsed: "the text cannot be parsed"
        case .tooLong: "the text is too long once its masks are in it"
        case .tooDeep: "the statement is nested too deeply to be analysed"
        case .unknownRelation(let name): "relation \(name) is not known, and masks are in force"
        case .hidden(let name): "\(name) shows columns that are masked elsewhere, and has no masks of its own"
        case .broken(let name): "a mask of \(name) cannot be applied"
        case .unqualified(let name): "\(name.name) is the name of a masked relation too: write \(name)"
        case .rules(let name): "\(name) has rewrite rules, which may read what is masked"
        case .explained(let name): "\(name) has masked columns, and a plan tells how many rows a condition finds"
        case .kept(let name, let kind): "\(name) has masked columns, and \(kind) would outlast their masks"
        case .readsTarget(let name, let column):
            "a change of \(name) may not read its masked column \(column); another table's needs its name before it"
        case .cannotRewrite(let name, let what): "\(name) has masked columns, and \(what) cannot be served with masks"
        case .function(let name): "function \(name) could show what is masked"
        case .body: "the body of a new function could show what is masked: write it as BEGIN ATOMIC … END"
        case .setting(let name): "setting \(name) belongs to the masks"
        case .differs: "the statement cannot be rewritten with its masks"
        }
    }
}
