import Testing

@testable import Notifications

@Suite("What a receiver answers to a webhook")
struct WebhookAnswerTests {
    @Test(
        "is a receipt, a refusal, or a request to come again",
        arguments: [
            (200, .taken), (204, .taken), (301, .refused), (400, .refused), (401, .refused), (403, .refused),
            (404, .refused), (405, .refused), (408, .later(after: nil)), (410, .gone), (413, .refused),
            (422, .refused), (425, .later(after: nil)), (429, .later(after: nil)), (500, .later(after: nil)),
            (503, .later(after: nil)), (0, .later(after: nil)), (999, .later(after: nil)),
        ] as [(UInt, WebhookAnswer)]
    )
    func means(status: UInt, answer: WebhookAnswer) {
        #expect(WebhookAnswer(status: status) == answer)
    }

    @Test("may ask for a wait, within bounds, where it is no refusal")
    func after() {
        #expect(WebhookAnswer(status: 429, after: .seconds(7)) == .later(after: .seconds(7)))
        #expect(WebhookAnswer(status: 503, after: .seconds(86_400)) == .later(after: .seconds(600)))
        #expect(WebhookAnswer(status: 503, after: .seconds(-1)) == .later(after: .zero))
        #expect(WebhookAnswer(status: 403, after: .seconds(7)) == .refused)
    }

    @Test("is asked for a few times where it is a refusal, and once for those after it until one is taken")
    func patience() {
        var patience = RefusalPatience()
        #expect((0..<4).map { _ in patience.refused("a") } == [.seconds(1), .seconds(3), .seconds(8), nil])
        #expect(patience.refused("b") == nil && patience.refused("c") == nil)
        patience.taken()
        #expect(patience.refused("d") == .seconds(1))
        #expect(patience.refused("e") == .seconds(1))
    }
}
