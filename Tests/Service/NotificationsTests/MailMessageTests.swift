import AccessModel
import Foundation
import Testing

@testable import Notifications

@Suite("A notification as a mail")
struct MailMessageTests {
    private func message() throws -> MailMessage {
        let notice = try #require(Sample.notice())
        let addresses = ["ana@example.com", "bo@example.com"].compactMap { MailAddress($0) }
        let from = try #require(MailAddress("countersign@example.com"))
        return MailMessage(notice, from: from, to: addresses, host: "countersign.example.com/prod")
    }

    @Test("has the headers that it should, and no other: names of others end no line")
    func headers() throws {
        let text = String(decoding: try message().bytes, as: UTF8.self)
        let parts = text.components(separatedBy: "\r\n\r\n")
        let names = parts[0].components(separatedBy: "\r\n").filter { !$0.hasPrefix(" ") }.compactMap {
            $0.split(separator: ":").first.map(String.init)
        }
        #expect(
            names == [
                "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type",
                "Content-Transfer-Encoding",
            ]
        )
        #expect(text.contains("Date: Mon, 23 Nov 2026 22:13:47 +0000\r\n"))
        #expect(text.contains("Subject: countersign: approval requested: nightly on orders-db\r\n"))
        #expect(text.contains("Message-ID: <01JD4Y9Q3K8TZ6V5W2X1R0P7NN@example.com>\r\n"))
        #expect(!text.replacing("\r\n", with: "").contains("\n"))
        #expect(text.components(separatedBy: "\r\n").allSatisfy { $0.utf8.count <= 998 && !$0.hasPrefix(".") })
        let body = try #require(Data(base64Encoded: parts[1].replacing("\r\n", with: "")))
        let words = String(decoding: body, as: UTF8.self)
        #expect(words.contains("https://c.example.com/approvals/") && !words.contains("hunter2"))
    }

    @Test("comes back out of a queue as it went in")
    func queue() throws {
        let message = try message()
        #expect(MailMessage(encoded: message.encoded[...], from: message.from) == message)
        #expect(MailMessage(encoded: Array("a@b,c\n".utf8)[...], from: message.from) == nil)
    }

    @Test(
        "goes to no address that could be a command or a header",
        arguments: [
            "", "a", "a@", "@b", "a b@c.example", "a@b\r\nRCPT TO:<x@y>", "a@b>", "<a@b", "a@b,c@d", "a@-b", "a..b@c",
            "\"a\"@b", "a@b c", "é@b", String(repeating: "a", count: 65) + "@b",
        ]
    )
    func addresses(text: String) {
        #expect(MailAddress(text) == nil)
    }

    @Test(
        "is in base 64 as RFC 4648 has it",
        arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")]
    )
    func base64(plain: String, encoded: String) {
        #expect(Base64.text(Array(plain.utf8)) == encoded)
    }
}
