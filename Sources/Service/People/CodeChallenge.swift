/// What a command line shows before it proves that it is the one that asked: the SHA-256 of its verifier in base64url
/// (RFC 7636 section 4.2, `S256`).
package struct CodeChallenge: Hashable, Sendable {
    let text: String

    /// Nil for what is not 43 characters of base64url.
    package init?(_ text: String) {
        guard text.utf8.count == 43, text.utf8.allSatisfy(Secrets.isBase64URL) else { return nil }
        self.text = text
    }

    /// `verifier` has 43 to 128 characters (RFC 7636 section 4.1).
    func isAnswered(by verifier: String) -> Bool {
        (43...128).contains(verifier.utf8.count) && Secrets.isSame(Secrets.digest(verifier), text)
    }
}
