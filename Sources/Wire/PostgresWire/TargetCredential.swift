/// How the gateway shows itself to a target. The password never leaves this value but as an answer of the protocol.
package struct TargetCredential: Sendable {
    package var user: String
    package var password: String?
    /// Keys derived before, so that a thousand sessions of one target do not each pay for PBKDF2.
    package var keys: SCRAMKeyCache?

    package init(user: String, password: String?, keys: SCRAMKeyCache? = nil) {
        self.user = user
        self.password = password
        self.keys = keys
    }
}
