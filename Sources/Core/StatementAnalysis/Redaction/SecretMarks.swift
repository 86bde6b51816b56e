/// By what a text is known that may carry a password or a key.
///
/// - Its kind has a place for one: options of servers, user mappings and subscriptions.
/// - A piece of it names one (`password`, `passwd`, `passphrase`, `pgpass`), whatever it is: a keyword, a column, a
///   connection string, a comment.
/// - It calls a function that takes one: of dblink and pgcrypto.
/// - A constant holds a URL with a password: `scheme://user:password@host`.
///
/// What is called otherwise (a column `pin`, a token in a `note`) is not known by this: a role that writes such values has
/// `literals: redacted`.
enum SecretMarks {
    static func mayHoldSecret(_ text: UnsafeBufferPointer<UInt8>, analysis: Analysis) -> Bool {
        analysis.statements.contains { statement in kinds.contains { statement.kind.contains($0) } }
            || isRefusedKind(analysis.refusal) || words.contains { contains(text, $0) } || holdsURL(text)
            || callsWithKey(text)
    }

    private static let kinds = ["USER MAPPING", "SUBSCRIPTION", "SERVER", "FOREIGN DATA WRAPPER", "FOREIGN TABLE"]
    private static let words: [[UInt8]] = ["password", "passwd", "passphrase", "pgpass", "dblink", "pgp_"].map {
        Array($0.utf8)
    }
    private static let functions: Set<String> = [
        "crypt", "encrypt", "decrypt", "encrypt_iv", "decrypt_iv", "hmac", "set_config",
    ]

    /// Statements that the analysis has no meaning for may have options, too.
    private static func isRefusedKind(_ refusal: AnalysisRefusal?) -> Bool {
        guard case .notUnderstood = refusal?.code else { return false }
        return true
    }

    /// Whether lower-case `word` occurs in the text, in any case.
    private static func contains(_ text: UnsafeBufferPointer<UInt8>, _ word: [UInt8]) -> Bool {
        guard text.count >= word.count else { return false }
        for start in 0...(text.count - word.count) where text[start] | 0x20 == word[0] | 0x20 {
            if word.indices.allSatisfy({ lower(text[start + $0]) == word[$0] }) { return true }
        }
        return false
    }

    private static func lower(_ byte: UInt8) -> UInt8 {
        byte &- 0x41 < 26 ? byte | 0x20 : byte
    }

    /// `://` and, before white space or a quote, a colon and an `@`.
    private static func holdsURL(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var hasColon = false
        var isInside = false
        for index in text.indices.dropFirst(2) {
            let byte = text[index]
            if byte == 0x2F, text[index - 1] == 0x2F, text[index - 2] == 0x3A {
                (isInside, hasColon) = (true, false)
            } else if byte <= 0x20 || byte == 0x27 {
                isInside = false
            } else if isInside, byte == 0x3A {
                hasColon = true
            } else if isInside, hasColon, byte == 0x40 {
                return true
            }
        }
        return false
    }

    /// A function's name, with or without quotes, before a parenthesis.
    private static func callsWithKey(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard
            contains(text, Array("crypt".utf8)) || contains(text, Array("hmac".utf8))
                || contains(text, Array("set_config".utf8))
        else { return false }
        var scan = TextScan(text)
        var name = ""
        while let token = scan.next() {
            switch token.kind {
            case .space, .comment: continue
            case .word: name = String(decoding: text[token.range], as: UTF8.self).lowercased()
            case .quotedName: name = String(decoding: text[token.range].dropFirst().dropLast(), as: UTF8.self)
            case .other where text[token.range.lowerBound] == 0x28 && functions.contains(name): return true
            case .other, .string, .number, .parameter: name = ""
            }
        }
        return scan.isBroken
    }
}
