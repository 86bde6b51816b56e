import Testing
import TransparencyLog

@Suite("Signed notes, their keys, and whoever forges them")
struct NoteTests {
    private static func signer(_ name: String, _ algorithm: NoteVerifierKey.Algorithm, _ seed: UInt8) throws
        -> NoteSigner
    {
        try NoteSigner(name: name, algorithm: algorithm, seed: Array(repeating: seed, count: 32))
    }

    private let text = Array("log.example/a\n1\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n".utf8)

    @Test("A signature of an unknown key is passed over, also under a known name")
    func unknown() throws {
        let (log, other) = (
            try NoteTests.signer("log.example/a", .ed25519, 1), try NoteTests.signer("log.example/a", .ed25519, 2)
        )
        let note = try SignedNote(text: text, signatures: [other.signature(of: text), log.signature(of: text)])
        #expect(try note.signatures(by: [log.key]).map(\.key) == [log.key])
        #expect(try SignedCheckpoint(note, logs: [log.key]).log == log.key)
        #expect(try SignedCheckpoint(note, logs: [other.key, log.key]).log == other.key)
        let stranger = try NoteTests.signer("log.example/b", .ed25519, 3)
        #expect(throws: NoteError.unsigned) { try SignedCheckpoint(note, logs: [stranger.key]) }
    }

    @Test("A bad signature under a known name and id rejects the note, wherever it stands beside good ones")
    func knownButBad() throws {
        let (log, witness) = (
            try NoteTests.signer("log.example/a", .ed25519, 1), try NoteTests.signer("w", .cosignature, 2)
        )
        let good = try log.signature(of: text)
        var bad = good
        bad.bytes[0] ^= 1
        for signatures in [[bad], [good, bad], [bad, good]] {
            let note = try SignedNote(text: text, signatures: signatures)
            #expect(throws: NoteError.wrongSignature(name: "log.example/a")) { try note.signatures(by: [log.key]) }
        }
        // A cosignature's time is signed with it.
        var replayed = try witness.signature(of: text, time: 1000)
        replayed.bytes[7] ^= 1
        let note = try SignedNote(text: text, signatures: [good, replayed])
        #expect(throws: NoteError.wrongSignature(name: "w")) {
            try SignedCheckpoint(note, logs: [log.key], witnesses: [witness.key])
        }
        // What a witness signed for one checkpoint is none for another.
        let elsewhere = try witness.signature(of: Array("another text\n".utf8), time: 1000)
        let moved = try SignedNote(text: text, signatures: [good, elsewhere])
        #expect(throws: NoteError.wrongSignature(name: "w")) {
            try SignedCheckpoint(moved, logs: [log.key], witnesses: [witness.key])
        }
    }

    @Test("A key that signed twice counts once, with its latest time")
    func duplicates() throws {
        let (log, witness) = (
            try NoteTests.signer("log.example/a", .ed25519, 1), try NoteTests.signer("w", .cosignature, 2)
        )
        let lines = try [
            log.signature(of: text), log.signature(of: text), witness.signature(of: text, time: 10),
            witness.signature(of: text, time: 30), witness.signature(of: text, time: 20),
        ]
        let signed = try SignedCheckpoint(
            SignedNote(text: text, signatures: lines),
            logs: [log.key, log.key],
            witnesses: [witness.key, witness.key]
        )
        #expect(signed.cosignatures.map(\.time) == [30])
    }

    @Test("A cosignature of a known key under another name counts for nobody")
    func otherName() throws {
        let (log, witness) = (
            try NoteTests.signer("log.example/a", .ed25519, 1), try NoteTests.signer("w", .cosignature, 2)
        )
        let renamed = try NoteTests.signer("v", .cosignature, 2)
        let note = try SignedNote(
            text: text,
            signatures: [log.signature(of: text), renamed.signature(of: text, time: 1)]
        )
        #expect(try SignedCheckpoint(note, logs: [log.key], witnesses: [witness.key]).cosignatures == [])
        // Nor does a log's signature pass for a cosignature, or a cosignature for a log's.
        let asLog = try SignedNote(text: text, signatures: [witness.signature(of: text, time: 1)])
        #expect(throws: NoteError.unsupportedKey(type: 4)) { try SignedCheckpoint(asLog, logs: [witness.key]) }
        #expect(throws: NoteError.unsupportedKey(type: 1)) {
            try SignedCheckpoint(note, logs: [log.key], witnesses: [log.key])
        }
    }

    @Test("Where the name and id are a known key's, but the key is another, the note is rejected")
    func collision() throws {
        let (log, other) = (
            try NoteTests.signer("log.example/a", .ed25519, 1), try NoteTests.signer("log.example/a", .ed25519, 2)
        )
        var forged = try other.signature(of: text)
        forged.keyID = log.key.id
        let note = try SignedNote(text: text, signatures: [forged])
        #expect(throws: NoteError.wrongSignature(name: "log.example/a")) { try note.signatures(by: [log.key]) }
    }

    @Test("A checkpoint of another log is refused, though a trusted key signed it")
    func origin() throws {
        let log = try NoteTests.signer("log.example/b", .ed25519, 1)
        let note = try SignedNote(text: text, signatures: [log.signature(of: text)])
        #expect(throws: NoteError.wrongOrigin("log.example/a")) { try SignedCheckpoint(note, logs: [log.key]) }
        let checkpoint = try Checkpoint(text)
        #expect(throws: NoteError.wrongOrigin("log.example/a")) { try checkpoint.signed(by: log) }
    }

    @Test(
        "Signed text that is no checkpoint is none",
        arguments: [
            ("log.example/a\n1\n", 3), ("log.example/a\n\nbjQ=\n", 2),
            ("\n1\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n", 1),
            ("log.example/a\n01\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n", 2),
            ("log.example/a\n9223372036854775808\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n", 2),
            ("log.example/a\n1 \nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n", 2),
            ("log.example/a\n1\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB1=\n", 3),
            ("log.example/a\n1\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0\n", 3),
            ("log.example/a\n0\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n", 3),
            ("log.example/a\n1\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n\nx\n", 4),
        ]
    )
    func checkpoints(text: String, line: Int) throws {
        let log = try NoteTests.signer("log.example/a", .ed25519, 1)
        let bytes = Array(text.utf8)
        let note = try SignedNote(text: bytes, signatures: [log.signature(of: bytes)])
        #expect(throws: NoteError.malformedCheckpoint(line: line)) { try SignedCheckpoint(note, logs: [log.key]) }
    }

    @Test("A note's limits hold before its signatures are looked at")
    func limits() throws {
        let log = try NoteTests.signer("log.example/a", .ed25519, 1)
        let line = try log.signature(of: text)
        let many = try SignedNote(text: text, signatures: Array(repeating: line, count: 100))
        #expect(try many.signatures(by: [log.key]).count == 1)
        #expect(throws: NoteError.tooManySignatures) {
            try SignedNote(many.bytes + line.line)
        }
        let huge = Array(repeating: 0x61 as UInt8, count: SignedNote.longest) + [0x0A]
        #expect(throws: NoteError.tooLong(bytes: huge.count)) { try SignedNote(huge) }
        #expect(throws: NoteError.tooLong(bytes: huge.count)) { try SignedNote(text: huge) }
        #expect(throws: NoteError.malformedText) { try SignedNote(text: Array("no newline".utf8)) }
        #expect(throws: NoteError.noSignatures) { try SignedNote(text) }
        #expect(throws: NoteError.noSignatures) { try SignedNote(text + [0x0A]) }
    }

    @Test("A text may have empty lines, and an injected signature block is text")
    func emptyLines() throws {
        let log = try NoteTests.signer("log.example/a", .ed25519, 1)
        let poem = Array("one\n\n— log.example/a AAAAAAAA\n\ntwo\n".utf8)
        let note = try SignedNote(text: poem, signatures: [log.signature(of: poem)])
        #expect(try SignedNote(note.bytes) == note)
        #expect(try SignedNote(note.bytes).text == poem)
    }

    @Test(
        "A key whose text is bent is refused",
        arguments: [
            "", "example.com/foo", "example.com/foo+530d903a", "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
            "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
            "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
            "example.com/fop+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
            "example.com/foo+0530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
            "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k\n",
            "example.com /foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
            "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3Q==",
            "example.com/foo+530d903a+", "example.com/foo+530d903a+++++", "example.com/foo+530d903a+AQ==",
            "example.com/foo+530d903a+ByEyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        ]
    )
    func keys(text: String) {
        #expect(throws: NoteError.self) { try NoteVerifierKey(text) }
    }

    @Test("A signer never shows its private key")
    func secrecy() throws {
        let signer = try NoteTests.signer("log.example/a", .ed25519, 1)
        var dumped = ""
        dump(signer, to: &dumped)
        for shown in ["\(signer)", String(reflecting: signer), dumped] {
            #expect(shown.contains("log.example/a"))
            #expect(!shown.contains("rivate"))
            #expect(!shown.contains("01010101"))
        }
    }
}
