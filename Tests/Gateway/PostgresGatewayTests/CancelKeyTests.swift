import GatewayKit
import Testing

@testable import PostgresGateway

@Suite("Keys that cancel")
struct CancelKeyTests {
    private let destination = CancelKeys.Destination(
        endpoint: TargetEndpoint(name: "orders", address: .unix(path: "/s"), tls: .disabled),
        process: 7,
        secret: [1, 2, 3, 4]
    )

    @Test("A key finds its target with the whole secret alone, until it is removed", arguments: [4, 32])
    func finds(length: Int) {
        let keys = CancelKeys()
        let (process, secret) = keys.issue(for: destination, length: length, cancelled: {})
        #expect(secret.count == length)
        #expect(keys.find(process: process, secret: secret)?.process == 7)
        #expect(keys.find(process: process, secret: Array(secret.dropLast())) == nil)
        #expect(keys.find(process: process, secret: secret + [0]) == nil)
        #expect(keys.find(process: process, secret: []) == nil)
        for index in secret.indices {
            var wrong = secret
            wrong[index] ^= 1
            #expect(keys.find(process: process, secret: wrong) == nil)
        }
        #expect(keys.find(process: process ^ 1, secret: secret) == nil)
        keys.remove(process: process)
        #expect(keys.find(process: process, secret: secret) == nil)
    }

    @Test("The target's own key is never given out")
    func distinct() {
        let keys = CancelKeys()
        let issued = (0..<100).map { _ in keys.issue(for: destination, length: 32, cancelled: {}) }
        #expect(Set(issued.map(\.process)).count == 100)
        #expect(Set(issued.map(\.secret)).count == 100)
    }
}
