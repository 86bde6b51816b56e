/// The client's side of one delivery by SMTP (RFC 5321, RFC 3207, RFC 4954): replies in, what to send out.
///
/// Where TLS was asked for it is had, or nothing is sent: a credential and a message never go in clear by the server's choice.
package struct SMTPDialogue: Sendable {
    package enum Security: String, Hashable, Sendable, CaseIterable {
        /// TLS from the first byte.
        case implicit
        case starttls
        /// For a server on this machine.
        case none
    }

    package struct Credential: Hashable, Sendable {
        package var user: String
        package var password: String

        package init(user: String, password: String) {
            self.user = user
            self.password = password
        }
    }

    package enum Action: Hashable, Sendable {
        case send([UInt8])
        /// From here on the connection is TLS; then `secured`.
        case startTLS
        /// The server has the message; QUIT may be sent and is not waited for.
        case delivered
    }

    private enum State: Hashable {
        case greeting, hello, startTLS, helloAgain, authenticating, sender, recipient(Int), data, message, over
    }

    private let message: MailMessage
    private let security: Security
    private let credential: Credential?
    private let host: String
    private var state = State.greeting
    private var accepted = 0
    private var lastRefusal = 0

    package static let quit = Array("QUIT\r\n".utf8)

    /// `host`: the name by which this client greets.
    package init(_ message: MailMessage, security: Security, credential: Credential?, host: String) {
        self.message = message
        self.security = security
        self.credential = credential
        self.host = host
    }

    package mutating func replied(_ reply: SMTPReply) throws(SMTPFault) -> Action {
        switch state {
        case .greeting:
            guard reply.code == 220 else { throw SMTPFault(.noGreeting, status: reply.code) }
            state = .hello
            return line("EHLO \(host)")
        case .hello:
            guard reply.code == 250 else { throw SMTPFault(.noGreeting, status: reply.code) }
            guard security == .starttls else { return try authenticate(reply) }
            guard reply.offers("STARTTLS") else { throw SMTPFault(.noSTARTTLS) }
            state = .startTLS
            return line("STARTTLS")
        case .startTLS:
            guard reply.code == 220 else { throw SMTPFault(.noSTARTTLS, status: reply.code) }
            return .startTLS
        case .helloAgain:
            guard reply.code == 250 else { throw SMTPFault(.noGreeting, status: reply.code) }
            return try authenticate(reply)
        case .authenticating:
            guard reply.code == 235 else { throw SMTPFault(.refusedCredential, status: reply.code) }
            return sender()
        case .sender:
            guard reply.code == 250 else { throw SMTPFault(.refusedSender, status: reply.code) }
            return try recipient(0)
        case .recipient(let index):
            if reply.code == 250 || reply.code == 251 { accepted += 1 } else { lastRefusal = reply.code }
            return try recipient(index + 1)
        case .data:
            guard reply.code == 354 else { throw SMTPFault(.refusedMessage, status: reply.code) }
            state = .message
            return .send(message.bytes + Array(".\r\n".utf8))
        case .message:
            guard reply.code == 250 else { throw SMTPFault(.refusedMessage, status: reply.code) }
            state = .over
            return .delivered
        case .over: throw SMTPFault(.malformed)
        }
    }

    /// TLS is up.
    package mutating func secured() -> Action {
        state = .helloAgain
        return line("EHLO \(host)")
    }

    private mutating func authenticate(_ reply: SMTPReply) throws(SMTPFault) -> Action {
        guard let credential else { return sender() }
        guard reply.offers("AUTH", "PLAIN") else { throw SMTPFault(.noAuthentication) }
        state = .authenticating
        return line("AUTH PLAIN \(Base64.text(Array("\0\(credential.user)\0\(credential.password)".utf8)))")
    }

    private mutating func sender() -> Action {
        state = .sender
        return line("MAIL FROM:<\(message.from)>")
    }

    private mutating func recipient(_ index: Int) throws(SMTPFault) -> Action {
        guard index < message.recipients.count else {
            guard accepted > 0 else { throw SMTPFault(.refusedRecipients, status: lastRefusal) }
            state = .data
            return line("DATA")
        }
        state = .recipient(index)
        return line("RCPT TO:<\(message.recipients[index])>")
    }

    private func line(_ text: String) -> Action { .send(Array("\(text)\r\n".utf8)) }
}
