import Testing
import TransparencyLog

@Suite("Witness policies")
struct WitnessPolicyTests {
    /// The key of witness number `seed`.
    private static func key(_ seed: UInt8) throws -> NoteVerifierKey {
        try NoteSigner(name: "w\(seed).example", algorithm: .cosignature, seed: Array(repeating: seed, count: 32)).key
    }

    /// `$1` is the key of witness 1, and so on; `$L` a log's.
    private static func policy(_ text: String) throws -> WitnessPolicy {
        var bytes: [UInt8] = []
        var isName = false
        for byte in text.utf8 {
            if isName, byte == 0x4C {
                let log = try NoteSigner(
                    name: "log.example",
                    algorithm: .ed25519,
                    seed: Array(repeating: 99, count: 32)
                )
                bytes += Array(log.key.text.utf8)
            } else if isName {
                bytes += Array(try key(byte - 0x30).text.utf8)
            } else if byte != 0x24 {
                bytes.append(byte)
            }
            isName = byte == 0x24
        }
        return try WitnessPolicy(bytes)
    }

    private static let example = """
        # Two organisations.
        log $L https://log.example/

        witness X1 $1
        witness X2 $2 https://x2.example/
          witness\tX3   $3\t
        group X-witnesses 2 X1 X2 X3
        witness Y1 $4
        witness Y2 $5
        witness Y3 $6
        group Y-witnesses any Y1 Y2 Y3
        group X-and-Y all X-witnesses Y-witnesses
        quorum X-and-Y

        """

    @Test(
        "The specification's example asks for two of X and one of Y",
        arguments: [
            ([], false), ([1, 2], false), ([4, 5, 6], false), ([1, 4], false), ([1, 2, 3], false), ([1, 2, 4], true),
            ([2, 3, 6], true), ([1, 2, 3, 4, 5, 6], true), ([1, 4, 5, 6], false),
        ] as [([UInt8], Bool)]
    )
    func quorum(cosigned: [UInt8], isMet: Bool) throws {
        let policy = try WitnessPolicyTests.policy(WitnessPolicyTests.example)
        #expect(policy.witnesses.count == 6)
        #expect(policy.logs.map(\.url) == ["https://log.example/"])
        #expect(policy.witnesses[1].url == "https://x2.example/")
        #expect(policy.isMet(by: Set(try cosigned.map { try WitnessPolicyTests.key($0) })) == isMet)
    }

    @Test(
        "A policy that could be read in two ways is refused",
        arguments: [
            ("", "line 1: there is no quorum line"),
            ("quorum none\nquorum none\n", "line 2: there is a quorum line already"),
            ("quorum X\nwitness X $1\n", "line 1: the quorum's name is not defined above"),
            ("witness X $1\nquorum x\n", "line 2: the quorum's name is not defined above"),
            ("witness X $1\nwitness X $2\nquorum X\n", "line 2: this name is taken"),
            ("witness X $1\nwitness Y $1\nquorum X\n", "line 2: this witness is listed twice"),
            ("witness none $1\nquorum none\n", "line 1: none is no name"),
            ("log $L\nlog $L\nquorum none\n", "line 2: this log is listed twice"),
            ("log $1\nquorum none\n", "line 1: this is no log's key"),
            ("witness X $L\nquorum X\n", "line 1: this is no witness's key"),
            ("witness X\nquorum X\n", "line 1: witness NAME VKEY [URL]"),
            ("witness X $1 a b\nquorum X\n", "line 1: witness NAME VKEY [URL]"),
            ("log\nquorum none\n", "line 1: log VKEY [URL]"),
            ("witness X nokey\nquorum X\n", "line 1: the key is no verifier key (NAME+ID+KEY)"),
            ("witness X $1\ngroup G 2 X\nquorum G\n", "line 2: a group needs all, any, or a number from 1 to 1"),
            ("witness X $1\ngroup G 0 X\nquorum G\n", "line 2: a group needs all, any, or a number from 1 to 1"),
            ("witness X $1\ngroup G 01 X\nquorum G\n", "line 2: a group needs all, any, or a number from 1 to 1"),
            ("witness X $1\ngroup G some X\nquorum G\n", "line 2: a group needs all, any, or a number from 1 to 1"),
            ("witness X $1\ngroup G any X X\nquorum G\n", "line 2: a member is listed twice, or in two groups"),
            (
                "witness X $1\ngroup G any X\ngroup H any X\nquorum G\n",
                "line 3: a member is listed twice, or in two groups"
            ),
            ("group G any G\nquorum G\n", "line 1: a member is not defined above"),
            ("group G any none\nquorum G\n", "line 1: a member is not defined above"),
            ("group G any\nquorum G\n", "line 1: group NAME all|any|NUMBER MEMBER…"),
            ("quorum none none\n", "line 1: quorum NAME|none"),
            ("Quorum none\n", "line 1: a line begins with log, witness, group or quorum"),
            ("quorum none\r\n", "line 1: a control character"),
            ("quorum none # no comment here\n", "line 1: quorum NAME|none"),
        ]
    )
    func refuses(text: String, error: String) {
        #expect {
            try WitnessPolicyTests.policy(text)
        } throws: { "\($0)" == error }
    }

    @Test("Names are octets: a letter spelled in two ways is two names")
    func octets() throws {
        #expect(throws: PolicyFileError.self) {
            try WitnessPolicyTests.policy("witness \u{212A} $1\nquorum K\n")
        }
        let policy = try WitnessPolicyTests.policy("witness e\u{301} $1\nwitness \u{E9} $2\nquorum \u{E9}\n")
        #expect(policy.isMet(by: [try WitnessPolicyTests.key(2)]))
        #expect(!policy.isMet(by: [try WitnessPolicyTests.key(1)]))
    }

    @Test("Without witnesses, the log's signature is enough; with them, it is not")
    func none() throws {
        let policy = try WitnessPolicyTests.policy("log $L\nquorum none\n")
        #expect(policy.isMet(by: []))
        #expect(throws: VerificationError.noQuorum(cosigned: 0, known: 6)) {
            let log = try NoteSigner(name: "log.example", algorithm: .ed25519, seed: Array(repeating: 99, count: 32))
            let note = try Checkpoint(origin: "log.example", size: 0, root: .emptyRoot).signed(by: log)
            _ = try policy.open(note.bytes)
            _ = try WitnessPolicyTests.policy(WitnessPolicyTests.example).open(note.bytes)
        }
    }

    @Test("Thirty-two logs, witnesses and groups are read")
    func size() throws {
        var lines: [String] = []
        for number in 1...32 as ClosedRange<UInt8> {
            let log = try NoteSigner(
                name: "log\(number)",
                algorithm: .ed25519,
                seed: Array(repeating: number, count: 32)
            )
            lines.append("log \(log.key.text)")
            lines.append("witness w\(number) \(try WitnessPolicyTests.key(number).text)")
            lines.append("group g\(number) all w\(number)\(number > 1 ? " g\(number - 1)" : "")")
        }
        let policy = try WitnessPolicy(Array((lines + ["quorum g32\n"]).joined(separator: "\n").utf8))
        let all = try (1...32).map { try WitnessPolicyTests.key($0) }
        #expect(policy.isMet(by: Set(all)))
        #expect(!policy.isMet(by: Set(all.dropFirst())))
    }
}
