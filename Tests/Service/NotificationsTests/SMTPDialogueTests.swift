import AccessModel
import Testing

@testable import Notifications

@Suite("A delivery by SMTP")
struct SMTPDialogueTests {
    private static func dialogue(
        _ security: SMTPDialogue.Security,
        credential: SMTPDialogue.Credential? = nil
    ) throws -> SMTPDialogue {
        let notice = try #require(Sample.notice())
        let from = try #require(MailAddress("c@example.com"))
        let addresses = ["ana@example.com", "bo@example.com"].compactMap { MailAddress($0) }
        let message = MailMessage(notice, from: from, to: addresses, host: "h")
        return SMTPDialogue(message, security: security, credential: credential, host: "me")
    }

    /// What is sent for each reply; the message itself is `…`.
    private func run(_ dialogue: SMTPDialogue, _ replies: [String]) throws -> [String] {
        var dialogue = dialogue
        var sent: [String] = []
        for reply in replies {
            var bytes = Array((reply + "\r\n").utf8)
            let parsed = try #require(try SMTPReply.next(in: &bytes))
            var action = try dialogue.replied(parsed)
            if action == .startTLS {
                sent.append("TLS")
                action = dialogue.secured()
            }
            switch action {
            case .send(let bytes):
                let text = String(decoding: bytes, as: UTF8.self)
                #expect(text.hasSuffix("\r\n"))
                sent.append(
                    text.hasPrefix("From:") ? (text.hasSuffix("\r\n.\r\n") ? "…" : "?") : String(text.dropLast())
                )
            case .startTLS: sent.append("?")
            case .delivered: sent.append("delivered")
            }
        }
        return sent
    }

    @Test("says hello, secures itself, says who it is, and hands the message over")
    func whole() throws {
        let credential = SMTPDialogue.Credential(user: "u", password: "p")
        let sent = try run(
            try Self.dialogue(.starttls, credential: credential),
            [
                "220 here", "250-me\r\n250-SIZE 100\r\n250 STARTTLS", "220 go", "250-me\r\n250 AUTH LOGIN PLAIN",
                "235 in",
                "250 ok", "250 ok", "550 no", "354 go on", "250 queued",
            ]
        )
        #expect(
            sent == [
                "EHLO me", "STARTTLS", "TLS", "EHLO me", "AUTH PLAIN AHUAcA==", "MAIL FROM:<c@example.com>",
                "RCPT TO:<ana@example.com>", "RCPT TO:<bo@example.com>", "DATA", "…", "delivered",
            ]
        )
    }

    @Test(
        "ends where the server does not want what was asked for, and never goes on in clear",
        arguments: [
            (["554 no"], SMTPFault(.noGreeting, status: 554)), (["220 a", "250 me"], SMTPFault(.noSTARTTLS)),
            (["220 a", "250 STARTTLS", "454 no"], SMTPFault(.noSTARTTLS, status: 454)),
            (["220 a", "250 STARTTLS", "220 a", "250 AUTH LOGIN"], SMTPFault(.noAuthentication)),
            (
                ["220 a", "250 STARTTLS", "220 a", "250 AUTH PLAIN", "535 no"],
                SMTPFault(.refusedCredential, status: 535)
            ),
            (
                ["220 a", "250 STARTTLS", "220 a", "250 AUTH PLAIN", "235 a", "550 no"],
                SMTPFault(.refusedSender, status: 550)
            ),
            (
                ["220 a", "250 STARTTLS", "220 a", "250 AUTH PLAIN", "235 a", "250 a", "450 no", "550 no"],
                SMTPFault(.refusedRecipients, status: 550)
            ),
        ]
    )
    func refusals(replies: [String], fault: SMTPFault) throws {
        let credential = SMTPDialogue.Credential(user: "u", password: "p")
        #expect(throws: fault) { try run(try Self.dialogue(.starttls, credential: credential), replies) }
    }

    @Test("gives a message up where the server will never have it, and nothing else")
    func permanence() {
        #expect(SMTPFault(.refusedMessage, status: 554).isPermanent)
        #expect(!SMTPFault(.refusedMessage, status: 452).isPermanent)
        #expect(!SMTPFault(.refusedCredential, status: 535).isPermanent)
        #expect(!SMTPFault(.noSTARTTLS).isPermanent)
    }

    @Test("reads replies as they drip in")
    func drip() throws {
        var bytes: [UInt8] = []
        var found: [SMTPReply] = []
        for byte in Array("250-a\r\n250 b\r\n354 go\r\n".utf8) {
            bytes.append(byte)
            if let reply = try SMTPReply.next(in: &bytes) { found.append(reply) }
        }
        #expect(found == [SMTPReply(code: 250, lines: ["a", "b"]), SMTPReply(code: 354, lines: ["go"])])
        #expect(bytes.isEmpty)
    }

    @Test(
        "takes nothing that is no reply, and none without an end",
        arguments: [
            "\r\n", "25\r\n", "abc x\r\n", "250+x\r\n", "HTTP/1.1 200\r\n", String(repeating: "x", count: 3000),
        ]
    )
    func malformed(text: String) {
        var bytes = Array(text.utf8)
        #expect(throws: SMTPFault(.malformed)) { try SMTPReply.next(in: &bytes) }
        var many = Array(String(repeating: "250-x\r\n", count: 200).utf8)
        #expect(throws: SMTPFault(.malformed)) { try SMTPReply.next(in: &many) }
    }
}
