import Testing

@testable import StatementAnalysis

@Suite("A statement laid out for reading")
struct StatementLayoutTests {
    @Test(
        "has a line for each clause",
        arguments: [
            (
                "UPDATE public.orders SET status='void', note = $1 WHERE id BETWEEN 1 AND 7 AND status <> 'void' OR id=9 RETURNING id",
                """
                UPDATE public.orders
                SET status='void', note = $1
                WHERE id BETWEEN 1 AND 7
                  AND status <> 'void'
                  OR id=9
                RETURNING id
                """
            ),
            (
                "DELETE FROM o USING c /* a note */ WHERE o.c=c.id AND c.id IN (SELECT id FROM gone WHERE a AND b)",
                """
                DELETE FROM o
                USING c
                WHERE o.c=c.id
                  AND c.id IN (SELECT id
                    FROM gone
                    WHERE a
                      AND b)
                """
            ),
            (
                "INSERT INTO t (a, b) VALUES (1, extract(day FROM now())) ON CONFLICT (a) DO UPDATE SET b = 2; SELECT 1",
                """
                INSERT INTO t (a, b)
                VALUES (1, extract(day FROM now())) ON CONFLICT (a) DO UPDATE
                SET b = 2;
                SELECT 1
                """
            ),
            (
                "select a from t left join u on t.x = u.x and u.y where b order by a limit 3 for update",
                """
                select a
                from t
                left join u on t.x = u.x
                  and u.y
                where b
                order by a
                limit 3 for update
                """
            ),
        ]
    )
    func clauses(text: String, laidOut: String) {
        #expect(StatementLayout.of(text) == laidOut)
    }

    @Test(
        "changes no token, whatever strings and names hold",
        arguments: [
            "SELECT 'a from b where'  ,\"from\"FROM\"where\"WHERE E'\\' from' = $x$ where ; $x$ AND 'é'='ü'",
            "SELECT 'two'\n'parts' FROM t WHERE a = b -- from",
            "SELECT a.\"from\", b::text FROM t WHERE a<-1 OR a- -1 = 2",
            "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1 FROM t; SELECT 2; END",
            "WITH x AS (SELECT 1) SELECT * FROM x",
        ]
    )
    func tokens(text: String) throws {
        let made = try #require(StatementLayout.of(text))
        let tokens: (String) throws -> [String] = { text in
            let bytes = Array(text.utf8)
            return try #require(CanonicalText.tokens(of: text)).map { String(decoding: bytes[$0], as: UTF8.self) }
        }
        #expect(try tokens(made) == tokens(text))
        #expect(made != text)
    }

    @Test("is none where nothing is won, or the scanner refuses", arguments: ["COMMIT", "SELECT 1", "SELECT 'a", ""])
    func none(text: String) {
        #expect(StatementLayout.of(text) == nil)
    }
}
