internal import NIOCore
internal import PostgresWire

/// How the columns of a result are looked through. PostgreSQL manual, Message Formats, RowDescription.
struct ResultColumns {
    enum Treatment: UInt8, Hashable {
        /// Numbers, times and other types that hold no text.
        case skip
        case text
        /// What is put in the place of a number must be quoted.
        case json
    }

    let treatments: [Treatment]
    let hasText: Bool

    init(body: ByteBuffer) throws(FrameError) {
        var body = body
        let malformed = FrameError(code: .malformed, type: BackendKind.rowDescription.rawValue)
        guard let count = body.readInteger(as: UInt16.self) else { throw malformed }
        var found: [Treatment] = []
        found.reserveCapacity(Int(count))
        for _ in 0..<count {
            guard body.readName() != nil, body.readableBytes >= 18 else { throw malformed }
            body.moveReaderIndex(forwardBy: 6)
            guard let type = body.readInteger(as: UInt32.self) else { throw malformed }
            body.moveReaderIndex(forwardBy: 8)
            found.append(ResultColumns.treatment(of: type))
        }
        guard body.readableBytes == 0 else { throw malformed }
        treatments = found
        hasText = found.contains { $0 != .skip }
    }

    /// By the OIDs of pg_type.dat, which never change. A type that is not known is looked through.
    private static func treatment(of type: UInt32) -> Treatment {
        switch type {
        case 114, 3802: .json
        case let type where textless.contains(type): .skip
        default: .text
        }
    }

    /// bool, bytea, int8, int2, int4, oid, float4, float8, money, macaddr, inet, cidr, date, time, timestamp, timestamptz,
    /// interval, timetz, bit, varbit, numeric, uuid, and arrays of them.
    private static let textless: Set<UInt32> = [
        16, 17, 20, 21, 23, 26, 650, 700, 701, 774, 790, 829, 869, 1000, 1001, 1005, 1007, 1016, 1021, 1022, 1028, 1082,
        1083, 1114, 1115, 1182, 1183, 1184, 1185, 1186, 1187, 1231, 1266, 1560, 1562, 1700, 2950, 2951,
    ]
}
