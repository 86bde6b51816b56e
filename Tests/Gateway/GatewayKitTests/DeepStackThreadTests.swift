import GatewayKit
import Testing

@Suite("The thread with a deep stack")
struct DeepStackThreadTests {
    private static func depth(_ count: Int) -> Int { count == 0 ? 0 : 1 + depth(count - 1) }

    @Test("It runs jobs in order, those before its end included, and recurses where another thread could not")
    func runs() async {
        let thread = DeepStackThread(name: "test")
        let (stream, continuation) = AsyncStream<Int>.makeStream()
        for number in 0..<100 { thread.run { continuation.yield(number) } }
        thread.run { continuation.yield(Self.depth(200_000)) }
        thread.run { continuation.finish() }
        thread.close()
        var seen: [Int] = []
        for await number in stream { seen.append(number) }
        #expect(seen == Array(0..<100) + [200_000])
    }
}
