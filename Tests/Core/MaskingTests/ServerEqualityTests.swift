import AccessModel
import Foundation
import Masking
import Testing

/// The two forms of each mask, in SQL and of values, against a real server whose search path is hostile.
@Suite("Masks in SQL and masks of values", .enabled(if: ServerRun.programs != nil))
struct ServerEqualityTests {
    private struct Column {
        var type: String
        var methods: [MaskMethod]
        var values: [String]
    }

    private static let count = 1500

    private static let texts: [MaskMethod] = [
        .redact, .null, .email, .last4, .partial(2, 2), .partial(0, 0), .partial(3, 0), .partial(0, 1),
        .partial(64, 64),
        .hash,
    ]
    private static let rounds: [MaskMethod] = [
        .null, .round(1), .round(7), .round(1000), .round(1_000_000_000_000_000),
    ]

    private static var columns: [Column] {
        var sample = SampleValues()
        func many(_ value: (inout SampleValues) -> String) -> [String] { (0..<count).map { _ in value(&sample) } }
        var columns = ["text", "character varying", "character varying(6)", "character(12)", "citext.citext", "bpchar"]
            .map {
                Column(type: $0, methods: texts, values: many { $0.text() })
            }
        columns.append(Column(type: "uuid", methods: [.null, .hash], values: many { $0.uuid() }))
        for (type, magnitude) in [("smallint", 32_767), ("integer", 2_147_483_647), ("bigint", Int.max)] {
            columns.append(Column(type: type, methods: rounds, values: many { $0.integer(magnitude: magnitude) }))
        }
        columns += [
            Column(
                type: "numeric",
                methods: rounds,
                values: many { $0.decimal(30, 25) } + ["NaN", "Infinity", "-Infinity"]
            ),
            Column(
                type: "numeric(12,2)",
                methods: rounds,
                values: many { $0.decimal(9, 2) } + ["NaN", "9999999999.99"]
            ),
            Column(type: "numeric(3,3)", methods: rounds, values: ["0.999", "-0.5", "0"]),
            Column(type: "numeric(4,0)", methods: rounds, values: ["9999", "-9500", "9499.7"]),
            Column(type: "date", methods: [.null, .year], values: many { $0.date(lastYear: 5_874_897) } + moments),
        ]
        for zone in ["without", "with"] {
            let values = many { $0.timestamp() } + moments
            columns.append(Column(type: "timestamp \(zone) time zone", methods: [.null, .year], values: values))
            columns.append(Column(type: "timestamp(3) \(zone) time zone", methods: [.year], values: values))
        }
        return columns
    }

    private static let moments = [
        "infinity", "-infinity", "4714-12-31 BC", "4713-01-01 BC", "0001-01-01", "0001-12-31 BC",
    ]

    /// Functions, operators, types and collations of these names are met first by whatever is not qualified.
    private static let hostile = """
        CREATE SCHEMA hostile; CREATE SCHEMA citext; CREATE EXTENSION citext SCHEMA citext;
        CREATE FUNCTION hostile.leak() RETURNS text LANGUAGE plpgsql AS $$BEGIN RAISE 'an unqualified name'; END$$;
        CREATE FUNCTION hostile.left(text, int) RETURNS text LANGUAGE sql AS 'SELECT hostile.leak()';
        CREATE FUNCTION hostile.right(text, int) RETURNS text LANGUAGE sql AS 'SELECT hostile.leak()';
        CREATE FUNCTION hostile.joined(text, text) RETURNS text LANGUAGE sql AS 'SELECT hostile.leak()';
        CREATE FUNCTION hostile.char_length(text) RETURNS int LANGUAGE sql AS 'SELECT hostile.leak()::int';
        CREATE FUNCTION hostile.sha256(bytea) RETURNS bytea LANGUAGE sql AS 'SELECT hostile.leak()::bytea';
        CREATE FUNCTION hostile.date_trunc(text, timestamp) RETURNS timestamp LANGUAGE sql AS 'SELECT hostile.leak()::timestamp';
        CREATE FUNCTION hostile.mod(numeric, numeric) RETURNS numeric LANGUAGE sql AS 'SELECT hostile.leak()::numeric';
        CREATE OPERATOR hostile.|| (FUNCTION = hostile.joined, LEFTARG = text, RIGHTARG = text);
        CREATE DOMAIN hostile.text AS pg_catalog.int4; CREATE DOMAIN hostile.date AS pg_catalog.int4;
        CREATE DOMAIN hostile.uuid AS pg_catalog.int4; CREATE DOMAIN hostile.numeric AS pg_catalog.int4;

        """

    private static func hex(_ expression: String) -> String {
        "CASE WHEN \(expression) IS NULL THEN '-' ELSE encode(convert_to(format('%s', \(expression)), 'UTF8'), 'hex') END"
    }

    private static func script(_ columns: [Column]) throws -> String {
        var sql = hostile
        for (number, column) in columns.enumerated() {
            let type = MaskedType(column.type).sql
            sql +=
                "CREATE TABLE t\(number) (id int, v \(type)); SET TimeZone = 'UTC'; INSERT INTO t\(number) VALUES (-1, NULL)"
            for (id, value) in column.values.enumerated() {
                let digits = value.utf8.map { String(UInt16($0) + 256, radix: 16).dropFirst() }.joined()
                sql += ",\n(\(id), convert_from(decode('\(digits)', 'hex'), 'UTF8')::\(type))"
            }
            sql += ";\nSET TimeZone = 'Asia/Kolkata';\n"
            sql += "SELECT 'value', \(number), id, \(hex("v")) FROM t\(number) ORDER BY id;\n"
            for (index, method) in column.methods.enumerated() {
                let mask = try #require(
                    method.expression(column: "\"v\"", type: column.type, keys: ValueMaskTests.keys)
                )
                sql += """
                    SET search_path = hostile, pg_catalog;
                    CREATE VIEW public.m\(number)_\(index) AS SELECT id, \(mask) AS v FROM public.t\(number);
                    RESET search_path; SET TimeZone = 'UTC';
                    SELECT 'mask', \(number), id, \(hex("v")), \(index) FROM m\(number)_\(index) ORDER BY id;
                    SELECT 'type', \(number), -1, format_type(atttypid, atttypmod), attcollation = (
                        SELECT attcollation FROM pg_attribute WHERE attrelid = 't\(number)'::regclass AND attname = 'v'
                    ) FROM pg_attribute WHERE attrelid = 'm\(number)_\(index)'::regclass AND attname = 'v';

                    """
            }
        }
        return sql
    }

    private static func bytes(_ hex: String) -> [UInt8]? {
        let digits = Array(hex.utf8)
        guard hex != "-" else { return nil }
        return stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(decoding: digits[$0..<($0 + 2)], as: UTF8.self), radix: 16)
        }
    }

    @Test("The server and we mask thousands of values alike, to the column's own type and collation")
    func areEqual() throws {
        let columns = ServerEqualityTests.columns
        var values: [[Int: [UInt8]]] = columns.map { _ in [:] }
        var compared = 0
        for row in try ServerRun.rows(ServerEqualityTests.script(columns)) {
            let number = try #require(Int(row[1]))
            let id = try #require(Int(row[2]))
            let column = columns[number]
            switch row[0] {
            case "value": values[number][id] = ServerEqualityTests.bytes(row[3])
            case "type": #expect(row[3...] == [column.type, "t"], "\(column.type)")
            default:
                let method = column.methods[try #require(Int(row[4]))]
                let mask = try #require(ValueMask(method, type: column.type, keys: ValueMaskTests.keys))
                var masked: [UInt8] = []
                let isValue = values[number][id].map { $0.withUnsafeBytes { mask.append($0, to: &masked) } } ?? false
                let server = ServerEqualityTests.bytes(row[3])
                #expect((isValue ? masked : nil) == server, "\(method) of \(column.type) \(column.values[max(id, 0)])")
                compared += 1
            }
        }
        #expect(compared > 100_000)
    }
}
