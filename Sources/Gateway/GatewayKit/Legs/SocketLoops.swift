internal import NIOCore
internal import Synchronization

/// The loops that mediated connections without TLS are spread over.
package final class SocketLoops: Sendable {
    private let loops: [SocketLoop]
    private let turn = Atomic<Int>(0)

    /// Starts `count` threads. Throws when the kernel gives no loop.
    package init(count: Int) throws(SocketLoopFault) {
        var loops: [SocketLoop] = []
        for number in 0..<max(1, count) { try loops.append(SocketLoop(name: "sockets-\(number)")) }
        self.loops = loops
    }

    package func next() -> SocketLoop {
        let number = turn.wrappingAdd(1, ordering: .relaxed).oldValue
        return loops[Int(UInt(bitPattern: number) % UInt(loops.count))]
    }

    package func shutdown() async {
        for loop in loops { await loop.shutdown() }
    }
}
