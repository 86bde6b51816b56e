import AccessModel
import Foundation
import Testing

@testable import Notifications

@Suite("What people are told of an approval")
struct ApprovalNoticeTests {
    @Test("is who asks for what, where and until when, and never the statement")
    func requested() throws {
        let notice = try #require(Sample.notice())
        #expect(notice.event == .requested && notice.kind == "command")
        #expect(notice.effects == ["delete public.orders"])
        #expect(notice.approvers == ["group:dba", "ana@example.com"])
        #expect(notice.link == "https://c.example.com/approvals/\(Sample.id)")
        for format in WebhookFormat.allCases {
            let body = String(decoding: format.body(of: notice), as: UTF8.self)
            #expect(!body.contains("hunter2") && body.contains("/approvals/"), "\(format)")
        }
    }

    @Test("is who answered, of an answer")
    func decided() throws {
        let notice = try #require(Sample.notice(Sample.decided))
        #expect(notice.event == .decided && notice.kind == "change_set")
        #expect(
            notice.sentence
                == "ana@example.com said approve to a change set of role nightly on orders-db/orders: approved."
        )
        #expect(notice.subject == nil)
    }

    @Test(
        "tells an end by its state",
        arguments: [("expired", NotificationEvent.expired), ("withdrawn", .withdrawn)]
    )
    func ended(state: String, event: NotificationEvent) throws {
        let record = Sample.decided.replacing("\"answer\":\"approve\",", with: "")
            .replacing("\"approved\"", with: "\"\(state)\"")
        #expect(Sample.notice(record)?.event == event)
    }

    @Test("is nothing for a record of something else, or of an approval without an id")
    func others() {
        #expect(Sample.notice(Sample.requested.replacing("approval.requested", with: "command")) == nil)
        #expect(Sample.notice(Sample.requested.replacing(Sample.id, with: "../../x")) == nil)
    }

    @Test("is well-formed JSON in every format, and no name in it is markup", arguments: WebhookFormat.allCases)
    func formats(format: WebhookFormat) throws {
        let notice = try #require(Sample.notice())
        let body = format.body(of: notice)
        let value = try JSONSerialization.jsonObject(with: Data(body))
        let object = try #require(value as? [String: Any])
        let text = String(decoding: body, as: UTF8.self)
        switch format {
        case .json:
            #expect(object["event"] as? String == "approval.requested")
            #expect(object["delivery"] as? String == "01JD4Y9Q3K8TZ6V5W2X1R0P7NN")
        case .slack:
            #expect(!text.contains("<!channel>") && text.contains("&lt;!channel&gt;"))
            #expect((object["blocks"] as? [Any])?.count == 3)
        case .teams:
            #expect(text.contains("\\\\*x\\\\*"))
            #expect((object["attachments"] as? [Any])?.count == 1)
        }
    }

    @Test("is signed over its time and its body")
    func signature() {
        // HMAC-SHA256("secret-of-sixteen", "1700000000.{}"), computed with OpenSSL.
        let time = Timestamp(seconds: 1_700_000_000)
        let secret = Array("secret-of-sixteen".utf8)
        let value = WebhookSignature.value(of: Array("{}".utf8), at: time, secret: secret)
        #expect(value == "t=1700000000,v1=392db33d6f2a0f4fbeb9ccc6adda8cff2aa84622afe4c9353c909534d99d6f08")
        #expect(WebhookSignature.value(of: Array("{ }".utf8), at: time, secret: secret) != value)
        let later = time.advanced(by: .seconds(1))
        #expect(WebhookSignature.value(of: Array("{}".utf8), at: later, secret: secret) != value)
    }
}
