import StatementAnalysis
import Testing

@Suite("Texts without their values")
struct RedactionTests {
    private static func literals(_ text: String, string: String = "'…'", number: String = "…") -> String? {
        Array(text.utf8).withUnsafeBufferPointer {
            RedactedText.literals(of: $0, string: string, number: number).map { String(decoding: $0, as: UTF8.self) }
        }
    }

    private static func recorded(_ text: String, redacts: Bool = false) -> RecordedText {
        let analysis = StatementAnalyzer().analyze(text)
        return Array(text.utf8).withUnsafeBufferPointer {
            RecordedText(of: $0, analysis: analysis, redactsLiterals: redacts)
        }
    }

    @Test(
        "Constants and comments are replaced, the rest stays byte for byte",
        arguments: [
            ("SELECT 1", "SELECT …"),
            ("select * from t where a='x''y' and b=-1.5e-7;", "select * from t where a='…' and b=-…;"),
            (#"SELECT E'it\'s', 'C:\', "a''b", e'\\'"#, #"SELECT E'…', '…', "a''b", e'…'"#),
            (
                "SELECT U&'d\\0061t' UESCAPE '!', U&\"x'\", b'01', X'1F', N'n'",
                "SELECT U&'…' UESCAPE '…', U&\"x'\", b'…', X'…', N'…'"
            ),
            ("SELECT 'a'\n  'b''c' 'd'", "SELECT '…' '…'"),
            ("SELECT E'a' -- not the end\n 'b\\'c'", "SELECT E'…'"),
            ("SELECT $$a'b$$, $t$ $$ $u$ $t$, $1, a$b$c", "SELECT '…', '…', $1, a$b$c"),
            ("DO $body$ begin raise '%', 4111; end $body$", "DO '…'"),
            ("SELECT 1 -- card 4111\n, 2 /* a /* 'b */ c */ + t1.c2", "SELECT … /*…*/\n, … /*…*/ + t1.c2"),
            ("SELECT a*/* x */b, a@-1, 1..2, .5, 0x1F, 1_000, typee'x'", "SELECT a*/*…*/b, a@-…, …, …, …, …, typee'…'"),
            ("SELECT é'x', 'é', $é$é$é$", "SELECT é'…', '…', '…'"),
            ("", ""),
        ] as [(String, String)]
    )
    func replaces(text: String, expected: String) {
        #expect(RedactionTests.literals(text) == expected)
    }

    @Test(
        "A text that does not lex surely has no redacted form",
        arguments: [
            "SELECT 'a", "SELECT E'a\\'", "SELECT \"a", "SELECT /* /* */", "SELECT $$a$", "SELECT $t$a$T$",
            "SELECT 1\0", "SELECT E'\\",
        ]
    )
    func isBroken(text: String) {
        #expect(RedactionTests.literals(text) == nil)
    }

    @Test("A redacted text is the same statement to PostgreSQL's own parser", arguments: StatementVector.all)
    func staysTheStatement(vector: StatementVector) throws {
        let analysis = StatementAnalyzer().analyze(vector.text)
        guard analysis.refusal == nil, !vector.text.lowercased().contains("uescape") else { return }
        let redacted = try #require(RedactionTests.literals(vector.text, string: "'0'", number: "0"))
        let again = StatementAnalyzer().analyze(redacted)
        #expect(again.statements.map(\.kind) == analysis.statements.map(\.kind), "\(redacted)")
    }

    @Test("Every cut of a text is scanned within its bounds", arguments: StatementVector.all)
    func survivesCuts(vector: StatementVector) {
        let bytes = Array(vector.text.utf8)
        for end in 0...bytes.count {
            bytes[..<end].withUnsafeBufferPointer { _ = RedactedText.literals(of: $0) }
            bytes[end...].withUnsafeBufferPointer { _ = RedactedText.literals(of: $0) }
        }
    }

    @Test(
        "A text that may carry a password is never recorded as it is",
        arguments: [
            "ALTER ROLE a PASSWORD 'hunter2'", "create user a encrypted PassWord 'hunter2' valid until '2030-01-01'",
            "CREATE USER MAPPING FOR a SERVER s OPTIONS (user 'a', secret 'hunter2')",
            "ALTER SERVER s OPTIONS (SET key 'hunter2')",
            "CREATE SUBSCRIPTION s CONNECTION 'postgres://a:hunter2@h/d' PUBLICATION p",
            "SELECT * FROM dblink('host=h password=hunter2', 'select 1') AS t(a int)",
            "SELECT dblink_connect('c', 'host=h options=hunter2')",
            "SELECT crypt('hunter2', gen_salt('bf'))", "SELECT pgcrypto.pgp_sym_encrypt(a, 'hunter2') FROM t",
            "SELECT \"encrypt\" /* x */ ('a', 'hunter2', 'aes')", "UPDATE users SET password = 'hunter2' WHERE id = 1",
            "INSERT INTO users (name, passwd) VALUES ('a', 'hunter2')",
            "DO $$ begin execute 'alter role a password ''hunter2'''; end $$",
            "SELECT set_config('app.key', 'hunter2', true)", "COPY t FROM PROGRAM 'curl http://a:hunter2@h/'",
            "SELECT 1 /* password: hunter2 */",
        ]
    )
    func hidesPasswords(text: String) throws {
        guard case .redacted(let bytes) = RedactionTests.recorded(text) else {
            Issue.record("\(RedactionTests.recorded(text))")
            return
        }
        #expect(!String(decoding: bytes, as: UTF8.self).contains("hunter2"))
    }

    @Test(
        "What does not parse and names a password is withheld whole",
        arguments: [
            "ALTER ROEL a PASSWORD 'hunter2'", "ALTER ROLE a PASSWORD \"hunter2\"", "alter role a password hunter2",
            "SELECT 'password",
        ]
    )
    func withholds(text: String) {
        #expect(RedactionTests.recorded(text) == .withheld)
    }

    @Test(
        "An ordinary text is recorded as it is",
        arguments: [
            "SELECT 1", "UPDATE public.orders SET status = 'done' WHERE id = 42", "SELEC 1",
            "SELECT 'http://example.com:80/a', encrypted_at FROM t", "SELECT a::text FROM t -- mail me@example.com",
        ]
    )
    func keepsOrdinary(text: String) {
        #expect(RedactionTests.recorded(text) == .exact)
    }

    @Test("Where the role asks for it, every text loses its constants, and an unreadable one its words")
    func redactsOnDemand() {
        let redacted = RedactionTests.recorded("SELECT * FROM t WHERE a = 'x' AND b = 1", redacts: true)
        #expect(redacted == .redacted(Array("SELECT * FROM t WHERE a = '…' AND b = …".utf8)))
        #expect(RedactionTests.recorded("SELEC 'x'", redacts: true) == .withheld)
    }
}
