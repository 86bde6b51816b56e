internal import StatementAnalysis

/// Statements that may carry a password: they are recorded without their text.
enum SecretStatement {
    /// The kinds whose grammar has a place for a secret, and any text that names one where its kind is not known: a
    /// misspelt ALTER ROLE does not parse, and still holds the password.
    static func mayHoldSecret(_ text: UnsafeBufferPointer<UInt8>, analysis: Analysis) -> Bool {
        let isSuspect =
            analysis.refusal != nil || analysis.statements.contains { suspectKinds.contains(where: $0.kind.contains) }
        guard isSuspect else { return false }
        if analysis.statements.contains(where: { alwaysSecret.contains(where: $0.kind.contains) }) { return true }
        return words.contains { contains(text, $0) }
    }

    private static let suspectKinds = ["ROLE", "USER", "GROUP", "SUBSCRIPTION", "SERVER", "MAPPING", "DO", "FUNCTION"]
    private static let alwaysSecret = ["USER MAPPING", "SUBSCRIPTION"]
    private static let words: [[UInt8]] = ["password", "passwd", "identified"].map { Array($0.utf8) }

    /// Whether lower-case ASCII `word` occurs in the text, in any case.
    private static func contains(_ text: UnsafeBufferPointer<UInt8>, _ word: [UInt8]) -> Bool {
        guard text.count >= word.count else { return false }
        return (0...(text.count - word.count)).contains { start in
            word.indices.allSatisfy { text[start + $0] | 0x20 == word[$0] }
        }
    }
}
