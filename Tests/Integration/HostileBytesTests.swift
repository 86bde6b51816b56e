import Foundation
import Testing

extension Integration {
    @Suite("Hostile bytes")
    struct HostileBytesTests {
        struct Attack: Sendable, CustomTestStringConvertible {
            var testDescription: String
            var bytes: [UInt8]
        }

        static let sslRequest: [UInt8] = [0, 0, 0, 8, 0x04, 0xD2, 0x16, 0x2F]

        static let attacks = [
            Attack(testDescription: "nothing at all", bytes: []),
            Attack(testDescription: "one byte", bytes: [0]),
            Attack(testDescription: "garbage", bytes: Array(repeating: 0xFF, count: 4096)),
            Attack(testDescription: "an HTTP request", bytes: Array("GET / HTTP/1.1\r\nhost: a\r\n\r\n".utf8)),
            Attack(testDescription: "a length of zero", bytes: [0, 0, 0, 0, 0, 3, 0, 0]),
            Attack(testDescription: "a length of four", bytes: [0, 0, 0, 4]),
            Attack(testDescription: "a length of two gigabytes", bytes: [0x7F, 0xFF, 0xFF, 0xFF, 0, 3, 0, 0]),
            Attack(testDescription: "a negative length", bytes: [0xFF, 0xFF, 0xFF, 0xF0, 0, 3, 0, 0]),
            Attack(
                testDescription: "a start-up smuggled behind the request for TLS",
                bytes: sslRequest + startup(["user": "everything", "database": "orders-db"])
            ),
            Attack(testDescription: "two requests for TLS", bytes: sslRequest + sslRequest),
            Attack(
                testDescription: "a start-up without TLS",
                bytes: startup(["user": "everything", "database": "orders-db"])
            ),
            Attack(testDescription: "protocol 2", bytes: [0, 0, 0, 8, 0, 2, 0, 0]),
            Attack(
                testDescription: "a cancel request with a key of nobody",
                bytes: [0, 0, 0, 16, 4, 0xD2, 0x16, 0x2E, 0, 0, 0, 1, 0, 0, 0, 1]
            ),
            Attack(testDescription: "a request for GSS encryption", bytes: [0, 0, 0, 8, 0x04, 0xD2, 0x16, 0x30]),
        ]

        static func startup(_ parameters: [String: String]) -> [UInt8] {
            var body: [UInt8] = [0, 3, 0, 0]
            for (name, value) in parameters.sorted(by: { $0.key < $1.key }) {
                body += Array(name.utf8) + [0] + Array(value.utf8) + [0]
            }
            body.append(0)
            let length = UInt32(body.count + 4)
            return [UInt8(length >> 24), UInt8(length >> 16 & 255), UInt8(length >> 8 & 255), UInt8(length & 255)]
                + body
        }

        @Test(
            "What is no start-up ends the connection, gives nothing away, and the next client is served",
            arguments: attacks
        )
        func survives(attack: Attack) async throws {
            let bed = try await Testbed.shared
            let answer = try await RawConnection.exchange(attack.bytes, port: bed.gateway.configuration.port)
            #expect(answer.count < 1024)
            // An authentication request would be an `R`: nothing asks for a token in the clear.
            #expect(answer.first != UInt8(ascii: "R"), "\(answer)")
            #expect(bed.gateway.process.exitStatus == nil)
            #expect(try await bed.gateway.psql("SELECT 1").checked().output == "1\n")
        }
    }
}
