import PostgresWire
import Testing

@Suite("What a client asks for at the start")
struct StartupRequestTests {
    private func request(_ pairs: (String, String)...) throws(StartupRefusal) -> StartupRequest {
        try StartupRequest(version: .version30, parameters: pairs.map { StartupParameter($0.0, $0.1) })
    }

    @Test("User, database, client and reason are told apart from the settings that go to the target")
    func takes() throws {
        let request = try request(
            ("user", "reader"),
            ("database", "orders/shop"),
            ("application_name", "psql"),
            ("TimeZone", "UTC"),
            ("options", "-c countersign.reason=deploy\\ 7 --statement-timeout=5"),
            ("_pq_.greased", "")
        )
        #expect(request.user == "reader")
        #expect(request.database == "orders/shop")
        #expect(request.client == "psql")
        #expect(request.reason == "deploy 7")
        #expect(request.settings == [StartupParameter("timezone", "UTC"), StartupParameter("statement_timeout", "5")])
        #expect(request.unknownOptions == ["_pq_.greased"])
    }

    @Test("Without a database its name is the user's")
    func database() throws {
        #expect(try request(("user", "reader")).database == "reader")
    }

    static let refused: [(String, String, StartupRefusal)] = [
        ("replication", "true", .replication),
        ("replication", "database", .replication),
        ("replication", "", .replication),
        ("options", "-F", .malformedOptions),
        ("options", "-c session_preload_libraries=evil", .parameter("session_preload_libraries")),
        ("options", "-c role=owner", .parameter("role")),
        ("options", "-c client_encoding=SJIS", .encoding),
        ("client_encoding", "LATIN1", .encoding),
        ("standard_conforming_strings", "off", .parameter("standard_conforming_strings")),
        ("session_authorization", "owner", .parameter("session_authorization")),
        ("Replication", "true", .parameter("replication")),
        ("anything", "x", .parameter("anything")),
        ("database", "a\nb", .controlCharacter),
        ("application_name", "a\u{1B}[31m", .controlCharacter),
        ("search_path", "a\u{85}b", .controlCharacter),
        ("options", "-c countersign.reason=a\\\nb", .controlCharacter),
    ]

    @Test("What is not known to be harmless is refused, and never passed on", arguments: refused.indices)
    func refuses(index: Int) {
        let (name, value, refusal) = Self.refused[index]
        #expect(throws: refusal) { try request(("user", "reader"), (name, value)) }
        #expect(refusal.sqlState.count == 5)
    }

    @Test("A session without a user is refused")
    func noUser() {
        #expect(throws: StartupRefusal.noUser) { try request(("database", "orders")) }
        #expect(throws: StartupRefusal.noUser) { try request(("user", "")) }
        #expect(throws: StartupRefusal.controlCharacter) { try request(("user", "a\u{7F}")) }
    }

    @Test("No replication is no replication, and every name of UTF-8 is UTF8", arguments: ["false", "off", "NO", "0"])
    func harmless(no: String) throws {
        _ = try request(("user", "reader"), ("replication", no))
        for name in ["UTF8", "utf-8", "UNICODE", "SQL_ASCII", "auto"] {
            let request = try request(("user", "reader"), ("client_encoding", name))
            #expect(request.settings == [StartupParameter("client_encoding", "UTF8")])
        }
        #expect(try request(("user", "reader"), ("standard_conforming_strings", "on")).settings.isEmpty)
    }

    @Test("A refusal shows a hostile name short and printable")
    func printable() {
        let message = StartupRefusal.parameter("\u{1B}[2J" + String(repeating: "x", count: 500)).message
        #expect(message.unicodeScalars.allSatisfy { (0x20...0x7E).contains($0.value) })
        #expect(message.count < 150)
    }
}
