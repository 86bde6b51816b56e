import AccessModel
import Testing

@Suite("What a record's fixed parts are written with")
struct ByteCursorTests {
    private static func text(_ body: (inout ByteCursor) -> Void) -> String {
        var json = JSONBytes(reserving: 1)
        json.append(upTo: 64, body)
        return String(decoding: json.bytes, as: UTF8.self)
    }

    @Test("A number is written as the standard library writes it")
    func numbers() {
        var value: UInt64 = 1
        for _ in 0..<64 {
            for near in [value - 1, value, value + 1] { #expect(Self.text { $0.put(near) } == String(near)) }
            value <<= 1
        }
        #expect(Self.text { $0.put(UInt64.max) } == String(UInt64.max))
    }

    @Test("An identifier's 26 characters are read again as the same 128 bits, and are in their order")
    func identifiers() {
        var previous = ""
        for bit in 0..<128 {
            let id = ULID(high: bit < 64 ? 0 : 1 << (bit - 64), low: bit < 64 ? 1 << bit : 0)
            let text = Self.text { $0.put(id) }
            #expect(text.utf8.count == 26 && ULID(text) == id && text > previous)
            previous = text
        }
        let most = ULID(high: .max, low: .max)
        #expect(Self.text { $0.put(most) } == "7ZZZZZZZZZZZZZZZZZZZZZZZZZ")
    }

    @Test(
        "A moment is RFC 3339 with microseconds",
        arguments: [
            (0, "1970-01-01T00:00:00.000000Z"), (-1, "1969-12-31T23:59:59.999999Z"),
            (1_795_558_427_123_456, "2026-11-24T22:13:47.123456Z"),
            (951_782_400_000_001, "2000-02-29T00:00:00.000001Z"),
        ] as [(Int64, String)]
    )
    func moments(microseconds: Int64, text: String) {
        #expect(Self.text { $0.put(Timestamp(microseconds: microseconds)) } == text)
    }

    @Test("An outcome's longest numbers have room", arguments: Outcome.Status.allStatuses)
    func outcomes(status: Outcome.Status) {
        var json = JSONBytes()
        json.append(Outcome(status: status, rows: .max, error: nil, microseconds: .max))
        let most = String(UInt64.max)
        #expect(
            String(decoding: json.bytes, as: UTF8.self)
                == #"{"status":"\#(status.rawValue)","rows":\#(most),"error":null,"duration_us":\#(most)}"#
        )
    }
}

extension Outcome.Status {
    fileprivate static let allStatuses: [Outcome.Status] = [.ok, .error, .denied, .skipped, .cancelled, .unknown]
}
