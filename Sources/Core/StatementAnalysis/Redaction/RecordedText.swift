/// How a record tells the text of a command.
package enum RecordedText: Hashable, Sendable {
    /// As it is.
    case exact
    /// With its constants taken out; the exact text is told by a keyed hash at most.
    case redacted([UInt8])
    /// Not at all.
    case withheld

    /// `literals`: whether the role asks for redacted constants. A text that may carry a password is never told exactly.
    ///
    /// What PostgreSQL's parser refused may hold a value anywhere, and is withheld where it must be redacted.
    package init(of text: UnsafeBufferPointer<UInt8>, analysis: Analysis, redactsLiterals: Bool) {
        guard redactsLiterals || SecretMarks.mayHoldSecret(text, analysis: analysis) else {
            self = .exact
            return
        }
        guard analysis.refusal?.code.isOfParsedText ?? true, let redacted = RedactedText.literals(of: text) else {
            self = .withheld
            return
        }
        self = .redacted(redacted)
    }
}

extension AnalysisRefusal.Code {
    /// Whether the text parsed, and is refused for what it says.
    var isOfParsedText: Bool {
        switch self {
        case .notUnderstood, .unknownName: true
        case .tooLong, .notUTF8, .containsNUL, .syntax, .tooDeep: false
        }
    }
}
