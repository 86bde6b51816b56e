import Crypto
import Foundation
import NIOCore
import Testing

@testable import PostgresWire

@Suite("SCRAM-SHA-256 with a target")
struct SCRAMTests {
    private let nonce = "rOprNGfwEbeRWgbNEkqO"

    private func client(offered: [String] = ["SCRAM-SHA-256"], binding: [UInt8]? = nil) throws -> SCRAMClient {
        try SCRAMClient(password: "pencil", nonce: nonce, offered: offered, channelBinding: binding, cache: nil)
    }

    private func hmac(_ key: [UInt8], _ text: String) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: SymmetricKey(data: key)))
    }

    @Test("The keys of the example in RFC 7677 give its proof and its signature")
    func vector() throws {
        let salt = try #require(Data(base64Encoded: "W22ZaJ0SNY7soEsUEjb6gQ=="))
        let keys = try SCRAMKeys(password: "pencil", salt: Array(salt), iterations: 4096)
        let server = "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"
        let message =
            "n=user,r=rOprNGfwEbeRWgbNEkqO,\(server),c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0"
        let stored = Array(SHA256.hash(data: keys.client))
        let proof = zip(keys.client, hmac(stored, message)).map { $0 ^ $1 }
        #expect(Data(proof).base64EncodedString() == "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=")
        #expect(
            Data(hmac(keys.server, message)).base64EncodedString() == "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="
        )
    }

    @Test("The proof is the one that a server checks, and its signature is checked in turn")
    func proves() throws {
        var client = try client()
        #expect(client.first() == "n,,n=,r=\(nonce)")
        let serverFirst = "r=\(nonce)xyz,s=AQIDBA==,i=10"
        var answer = try client.serverFirstReceived(Array(serverFirst.utf8))
        answer.moveReaderIndex(forwardBy: FrameHeader.size)
        let text = String(buffer: answer)
        let keys = try SCRAMKeys(password: "pencil", salt: [1, 2, 3, 4], iterations: 10)
        let message = "n=,r=\(nonce),\(serverFirst),c=biws,r=\(nonce)xyz"
        let stored = Array(SHA256.hash(data: keys.client))
        let proof = Data(zip(keys.client, hmac(stored, message)).map { $0 ^ $1 }).base64EncodedString()
        #expect(text == "c=biws,r=\(nonce)xyz,p=\(proof)")
        let signature = Data(hmac(keys.server, message)).base64EncodedString()
        try client.serverFinalReceived(Array("v=\(signature)".utf8))
        try client.serverFinalReceived(Array("v=\(signature),x=extension".utf8))
    }

    @Test(
        "A server that does not show that it knows the password is not believed",
        arguments: [
            ("v=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", .wrongServerSignature), ("v=", .wrongServerSignature),
            ("v=AAAA", .wrongServerSignature), ("v=%", .malformed), ("", .malformed), ("x=1", .malformed),
            ("e=invalid-proof", .serverError),
        ] as [(String, SCRAMError)]
    )
    func signature(text: String, error: SCRAMError) throws {
        var client = try client()
        _ = try client.serverFirstReceived(Array("r=\(nonce)xyz,s=AQIDBA==,i=1".utf8))
        #expect(throws: error) { try client.serverFinalReceived(Array(text.utf8)) }
    }

    @Test("A final message that came first proves nothing")
    func early() throws {
        #expect(throws: SCRAMError.wrongServerSignature) { try client().serverFinalReceived(Array("v=".utf8)) }
    }

    @Test(
        "A first message that breaks a rule is refused",
        arguments: [
            ("r=other,s=AQID,i=1", .nonceMismatch),
            ("r=rOprNGfwEbeRWgbNEkqO,s=AQID,i=1", .nonceMismatch),
            ("r=rOprNGfwEbeRWgbNEkq,s=AQID,i=1", .nonceMismatch),
            ("r=rOprNGfwEbeRWgbNEkqOx,s=AQID,i=0", .iterationsOutOfBounds),
            ("r=rOprNGfwEbeRWgbNEkqOx,s=AQID,i=-1", .iterationsOutOfBounds),
            ("r=rOprNGfwEbeRWgbNEkqOx,s=AQID,i=1000001", .iterationsOutOfBounds),
            ("r=rOprNGfwEbeRWgbNEkqOx,s=AQID,i=99999999999999999999", .malformed),
            ("r=rOprNGfwEbeRWgbNEkqOx,s=,i=1", .malformed),
            ("r=rOprNGfwEbeRWgbNEkqOx,s=%,i=1", .malformed),
            ("r=rOprNGfwEbeRWgbNEkqOx,s=AQID", .malformed),
            ("m=x,r=rOprNGfwEbeRWgbNEkqOx,s=AQID,i=1", .malformed),
            ("", .malformed),
        ] as [(String, SCRAMError)]
    )
    func first(text: String, error: SCRAMError) throws {
        var client = try client()
        #expect(throws: error) { try client.serverFirstReceived(Array(text.utf8)) }
        #expect(throws: SCRAMError.malformed) { try client.serverFirstReceived([0xFF]) }
    }

    @Test("Channel binding is taken where it is offered, and its absence is told to the server")
    func binding() throws {
        let both = ["SCRAM-SHA-256", "SCRAM-SHA-256-PLUS"]
        let plus = try client(offered: both, binding: [1, 2])
        #expect(plus.mechanism == "SCRAM-SHA-256-PLUS")
        #expect(plus.first().hasPrefix("p=tls-server-end-point,,"))
        let downgraded = try client(binding: [1, 2])
        #expect(downgraded.mechanism == "SCRAM-SHA-256")
        #expect(downgraded.first().hasPrefix("y,,"))
        let clear = try client(offered: both)
        #expect(clear.mechanism == "SCRAM-SHA-256")
        #expect(clear.first().hasPrefix("n,,"))
        for offered in [[], ["SCRAM-SHA-1"], ["SCRAM-SHA-256-PLUS"]] {
            #expect(throws: SCRAMError.noCommonMechanism) { try client(offered: offered) }
        }
    }

    @Test("The certificate's hash is in what the proof covers")
    func bindingData() throws {
        var client = try client(offered: ["SCRAM-SHA-256-PLUS"], binding: [1, 2])
        var answer = try client.serverFirstReceived(Array("r=\(nonce)x,s=AQID,i=1".utf8))
        answer.moveReaderIndex(forwardBy: FrameHeader.size)
        let channel = Data(Array("p=tls-server-end-point,,".utf8) + [1, 2]).base64EncodedString()
        #expect(String(buffer: answer).hasPrefix("c=\(channel),r="))
    }

    @Test("Cached keys are those of the same password, salt and count alone")
    func cache() throws {
        let cache = SCRAMKeyCache()
        let first = try cache.keys(password: "a", salt: [1], iterations: 2)
        #expect(try cache.keys(password: "a", salt: [1], iterations: 2).client == first.client)
        for (password, salt, count) in [("b", [1], 2), ("a", [2], 2), ("a", [1], 3)] as [(String, [UInt8], Int)] {
            let keys = try cache.keys(password: password, salt: salt, iterations: count)
            let derived = try SCRAMKeys(password: password, salt: salt, iterations: count)
            #expect(keys.client == derived.client)
            #expect(keys.server == derived.server)
            #expect(keys.client != first.client)
        }
    }

    @Test("A password is prepared as the server prepares it")
    func prepare() {
        #expect(SASLprep.prepare("pencil") == "pencil")
        #expect(SASLprep.prepare("I\u{AD}X") == "IX")
        #expect(SASLprep.prepare("a\u{A0}b") == "a b")
        #expect(SASLprep.prepare("\u{2168}") == "IX")
        #expect(SASLprep.prepare("\u{E9}\u{85}") == "\u{E9}\u{85}")
        #expect(SASLprep.prepare("\u{AD}") == "\u{AD}")
    }
}
