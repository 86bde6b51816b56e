import Testing

@testable import StatementAnalysis

@Suite("A statement's canonical text")
struct CanonicalTextTests {
    @Test(
        "is the same for texts that differ in white space, comments and a semicolon at the end",
        arguments: [
            "DELETE FROM public.orders WHERE id = 7", "\n  DELETE  FROM public . orders\n WHERE id=7;\n",
            "-- a note\nDELETE FROM public.orders /* the seventh */ WHERE id = 7 ;;",
        ]
    )
    func same(text: String) {
        #expect(CanonicalText.of(text) == "DELETE FROM public . orders WHERE id = 7")
    }

    @Test(
        "differs wherever a token does",
        arguments: [
            "DELETE FROM public.orders WHERE id = 8", "DELETE FROM public.\"orders\" WHERE id = 7",
            "DELETE FROM public.orders WHERE id = -7", "DELETE FROM public.orders WHERE id = '7'",
            "delete FROM public.orders WHERE id = 7", "DELETE FROM public.orders -- WHERE id = 7",
        ]
    )
    func different(text: String) {
        #expect(CanonicalText.of(text) != "DELETE FROM public . orders WHERE id = 7")
    }

    @Test(
        "keeps what strings, names and dollar quotes hold",
        arguments: [
            "SELECT 'a  -- b'", "SELECT \"a  /* b\"", "SELECT $x$a  ; -- b$x$", "SELECT E'\\'  ;'", "SELECT 'é  ü'",
        ]
    )
    func keeps(text: String) {
        #expect(CanonicalText.of(text) == text)
    }

    @Test("comes apart at the semicolons between statements, where there are as many as the parser found")
    func pieces() {
        let text = "SELECT ';' ; ; DELETE FROM a -- ;\n;"
        #expect(CanonicalText.pieces(of: text, count: 2) == ["SELECT ';'", "DELETE FROM a"])
        #expect(CanonicalText.pieces(of: text, count: 1) == nil)
        #expect(CanonicalText.pieces(of: text, count: 3) == nil)
        let function = "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END"
        #expect(CanonicalText.pieces(of: function, count: 1) == nil)
    }

    @Test(
        "is nothing where there is no token, or no end of one",
        arguments: ["", " ; ", "-- a", "SELECT 'a", "a\u{0}b"]
    )
    func nothing(text: String) {
        #expect(CanonicalText.of(text) == nil)
    }

    @Test(
        "Parameters are told from what only looks like them",
        arguments: [
            ("UPDATE public.orders SET total = $1", true), ("SELECT 1 WHERE id=$12", true),
            ("SELECT '$1', $$ $1 $$, $a$ $1 $a$, \"$1\" -- $1", false),
            ("PREPARE p AS SELECT $1", false), ("SELECT 'open", true), ("SELECT a$1 FROM t", false),
        ]
    )
    func parameters(text: String, has: Bool) {
        #expect(CanonicalText.hasParameters(text) == has)
    }
}
