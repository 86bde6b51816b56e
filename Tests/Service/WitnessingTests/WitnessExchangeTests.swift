import Testing
import TransparencyLog

@testable import Witnessing

@Suite("A conversation with a witness")
struct WitnessExchangeTests {
    private let log: TestLog
    private let signer: NoteSigner
    private static let now = TestWitness.time

    init() throws {
        log = try TestLog(count: 20)
        signer = try TestWitness.signer()
    }

    private func exchange(_ size: Int = 20, known: UInt64 = 0) -> WitnessExchange {
        WitnessExchange(with: signer.key, about: log.checkpoint(size), known: known, now: Self.now)
    }

    private func cosignature(of size: Int = 20, at time: UInt64 = now, by signer: NoteSigner? = nil) throws -> [UInt8] {
        try (signer ?? self.signer).signature(of: log.checkpoint(size).text, time: time).line
    }

    private func size(_ text: String, type: String? = "text/x.tlog.size") -> WitnessReply {
        WitnessReply(status: 409, contentType: type, body: Array(text.utf8))
    }

    private func ok(_ body: [UInt8]) -> WitnessReply {
        WitnessReply(status: 200, contentType: "text/plain", body: body)
    }

    @Test("ends with the cosignature at the first question where the size was known")
    func known() throws {
        var exchange = exchange(known: 12)
        #expect(exchange.begin() == .ask(oldSize: 12))
        guard case .cosigned(let signature, let time) = exchange.answered(ok(try cosignature())) else {
            Issue.record("no cosignature")
            return
        }
        #expect(time == Self.now)
        #expect(try signature.line == cosignature())
    }

    @Test("asks again from the size that the witness tells")
    func told() throws {
        var exchange = exchange()
        #expect(exchange.begin() == .ask(oldSize: 0))
        #expect(exchange.answered(size("12\n")) == .ask(oldSize: 12))
        #expect(exchange.answered(size("15\n")) == .ask(oldSize: 15))
        #expect(exchange.answered(size("16\n")) == .failed(.garbage))
    }

    @Test(
        "knows the type of a size behind a proxy",
        arguments: ["text/x.tlog.size; charset=utf-8", "TEXT/X.TLOG.SIZE"]
    )
    func proxied(type: String) {
        var exchange = exchange()
        _ = exchange.begin()
        #expect(exchange.answered(size("12\n", type: type)) == .ask(oldSize: 12))
    }

    @Test("never asks from a size above the checkpoint's")
    func knownAbove() {
        var exchange = exchange(known: 25)
        #expect(exchange.begin() == .ask(oldSize: 20))
    }

    @Test("is a conflict where the witness has seen more entries than there are")
    func ahead() {
        var exchange = exchange(known: 12)
        _ = exchange.begin()
        let step = exchange.answered(size("21\n"))
        #expect(step == .failed(.ahead(size: 21)))
        guard case .failed(let failure) = step else { return }
        #expect(failure.isConflict)
    }

    @Test("is a conflict where the witness does not accept the proof, in either version of the protocol")
    func contradicts() {
        for reply in [
            WitnessReply(status: 422, contentType: nil, body: []), size("", type: "text/plain"), size("", type: nil),
        ] {
            var exchange = exchange(known: 12)
            _ = exchange.begin()
            #expect(exchange.answered(reply) == .failed(.contradicts(size: 12)))
        }
    }

    @Test(
        "takes no size that is not one",
        arguments: ["", "\n", "12", "012\n", "-1\n", "12 \n", "12\n\n", "x\n", "9223372036854775808\n"]
    )
    func badSize(text: String) {
        var exchange = exchange()
        _ = exchange.begin()
        #expect(exchange.answered(size(text)) == .failed(.garbage))
    }

    @Test("takes no size that is the one it just asked from")
    func sameSize() {
        var exchange = exchange(known: 12)
        _ = exchange.begin()
        #expect(exchange.answered(size("12\n")) == .failed(.garbage))
    }

    @Test("tells a status apart", arguments: [201, 204, 301, 307, 400, 403, 404, 429, 500, 503])
    func refused(status: Int) throws {
        var exchange = exchange()
        _ = exchange.begin()
        let reply = WitnessReply(status: status, contentType: "text/x.tlog.size", body: try cosignature())
        #expect(exchange.answered(reply) == .failed(.refused(status: status)))
    }

    @Test("takes no cosignature of another key, name, checkpoint or shape")
    func lies() throws {
        let other = try TestWitness.signer(seed: 3)
        let renamed = try TestWitness.signer("witness.example/w2")
        let asLog = try NoteSigner(name: signer.key.name, algorithm: .ed25519, seed: [UInt8](repeating: 9, count: 32))
        var forged = try #require(NoteSignature(line: cosignature(by: other).dropLast()))
        forged.keyID = signer.key.id
        let answers: [[UInt8]] = [
            try cosignature(by: other), try cosignature(by: renamed), try cosignature(of: 19), forged.line,
            try asLog.signature(of: log.checkpoint(20).text).line, Array(try cosignature().dropLast()),
            try cosignature() + Array("garbage\n".utf8), Array("ok\n".utf8), [], [0x0A],
            [UInt8](repeating: 0xFF, count: 999),
            [0x0A] + (try cosignature()), Array(log.checkpoint(20).text) + [0x0A] + (try cosignature()),
        ]
        for body in answers {
            var exchange = exchange()
            _ = exchange.begin()
            guard case .failed(let failure) = exchange.answered(ok(body)) else {
                Issue.record("accepted \(String(decoding: body, as: UTF8.self))")
                continue
            }
            #expect(failure == .wrongSignature || failure == .garbage)
        }
    }

    @Test("takes the line of the configured key out of many")
    func many() throws {
        let other = try TestWitness.signer("witness.example/w2", seed: 3)
        var exchange = exchange()
        _ = exchange.begin()
        let step = exchange.answered(ok(try cosignature(by: other) + cosignature() + cosignature(by: other)))
        #expect(step == .cosigned(try #require(NoteSignature(line: cosignature().dropLast())), time: Self.now))
    }

    @Test("takes no cosignature of another time", arguments: [0, now - 301, now + 301, UInt64(Int64.max)])
    func replayed(time: UInt64) throws {
        var exchange = exchange()
        _ = exchange.begin()
        #expect(exchange.answered(ok(try cosignature(at: time))) == .failed(.wrongTime))
    }
}
