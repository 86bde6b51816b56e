internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import Synchronization

/// Keeps the status of an answer and none of its body: a receiver may send as much as it likes.
final class StatusDelegate: HTTPClientResponseDelegate {
    typealias Response = UInt

    private let status = Mutex<UInt>(0)

    func didReceiveHead(task: HTTPClient.Task<UInt>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
        status.withLock { $0 = head.status.code }
        return task.eventLoop.makeSucceededVoidFuture()
    }

    func didFinishRequest(task: HTTPClient.Task<UInt>) throws -> UInt {
        status.withLock { $0 }
    }
}
