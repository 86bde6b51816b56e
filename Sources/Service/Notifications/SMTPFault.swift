/// Why a server of mail did not take a message. Safe to print: codes, and no word of the server.
package struct SMTPFault: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        case noGreeting, noSTARTTLS, noAuthentication, refusedCredential, refusedSender, refusedRecipients,
            refusedMessage
        /// Something that is not a reply, or one that does not end.
        case malformed
        /// More came in clear than the consent to TLS: somebody may have put it there.
        case injected
    }

    package var code: Code
    /// The server's code; 0 where there is none.
    package var status: Int

    package init(_ code: Code, status: Int = 0) {
        self.code = code
        self.status = status
    }

    /// Whether trying again is of no use: the server will not have this message.
    package var isPermanent: Bool {
        switch code {
        case .refusedSender, .refusedRecipients, .refusedMessage: (500..<600).contains(status)
        case .noGreeting, .noSTARTTLS, .noAuthentication, .refusedCredential, .malformed, .injected: false
        }
    }

    package var description: String {
        let words =
            switch code {
            case .noGreeting: "the server does not want to talk"
            case .noSTARTTLS: "the server does not offer STARTTLS"
            case .noAuthentication: "the server does not offer AUTH PLAIN"
            case .refusedCredential: "the server refused the credential"
            case .refusedSender: "the server refused the sender"
            case .refusedRecipients: "the server refused every recipient"
            case .refusedMessage: "the server refused the message"
            case .malformed: "the server does not speak SMTP"
            case .injected: "the server sent more than its consent to TLS"
            }
        return status == 0 ? words : "\(words): \(status)"
    }
}
