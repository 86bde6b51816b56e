internal import AsyncHTTPClient
internal import Foundation
internal import NIOCore
internal import NIOHTTP1
internal import Synchronization

/// Keeps the status of an answer, the wait that it asks for, and none of its body: a receiver may send as much as it likes.
final class StatusDelegate: HTTPClientResponseDelegate {
    struct Answer: Sendable {
        var status: UInt = 0
        var after: Duration?
    }

    private let answer = Mutex(Answer())

    func didReceiveHead(task: HTTPClient.Task<Answer>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
        let after = head.headers.first(name: "retry-after").flatMap { StatusDelegate.wait($0, from: Date()) }
        answer.withLock { $0 = Answer(status: head.status.code, after: after) }
        return task.eventLoop.makeSucceededVoidFuture()
    }

    func didFinishRequest(task: HTTPClient.Task<Answer>) throws -> Answer {
        answer.withLock { $0 }
    }

    /// Seconds or a date, as RFC 9110 has it in section 10.2.3; nil for anything else.
    static func wait(_ text: String, from now: Date) -> Duration? {
        if text.utf8.count <= 9, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let seconds = Int64(text) {
            return .seconds(seconds)
        }
        guard text.utf8.count == 29 else { return nil }
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(identifier: "GMT")
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return format.date(from: text).map { .seconds(max(0, $0.timeIntervalSince(now))) }
    }
}
