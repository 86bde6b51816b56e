internal import AccessModel
internal import NIOCore

/// How a record shows a parameter.
enum ParameterText {
    /// Type OIDs of pg_type.dat that never change.
    private enum OID {
        static let bool: UInt32 = 16
        static let int8: UInt32 = 20
        static let int2: UInt32 = 21
        static let int4: UInt32 = 23
        static let text: Set<UInt32> = [18, 19, 25, 114, 1042, 1043]
        static let float4: UInt32 = 700
        static let float8: UInt32 = 701
        static let uuid: UInt32 = 2950
    }

    /// A parameter in binary.
    static func append(_ value: ByteBuffer, type: UInt32, to json: inout JSONBytes) {
        if OID.text.contains(type) {
            value.readableBytesView.withContiguousStorageIfAvailable { json.appendString(utf8: $0) }
        } else if let text = decoded(value, type: type) {
            json.append(text)
        } else {
            appendHexadecimal(value, to: &json)
        }
    }

    private static func decoded(_ value: ByteBuffer, type: UInt32) -> String? {
        var value = value
        switch (type, value.readableBytes) {
        case (OID.bool, 1): return value.readInteger(as: UInt8.self).map { $0 == 0 ? "false" : "true" }
        case (OID.int2, 2): return value.readInteger(as: Int16.self).map { String($0) }
        case (OID.int4, 4): return value.readInteger(as: Int32.self).map { String($0) }
        case (OID.int8, 8): return value.readInteger(as: Int64.self).map { String($0) }
        case (OID.float4, 4): return value.readInteger(as: UInt32.self).map { "\(Float(bitPattern: $0))" }
        case (OID.float8, 8): return value.readInteger(as: UInt64.self).map { "\(Double(bitPattern: $0))" }
        case (OID.uuid, 16): return uuid(value)
        default: return nil
        }
    }

    private static func uuid(_ value: ByteBuffer) -> String {
        var text: [UInt8] = []
        for (index, byte) in value.readableBytesView.enumerated() {
            if [4, 6, 8, 10].contains(index) { text.append(0x2D) }
            text.append(JSONBytes.hexDigit(byte >> 4))
            text.append(JSONBytes.hexDigit(byte & 15))
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func appendHexadecimal(_ value: ByteBuffer, to json: inout JSONBytes) {
        json.appendRaw("\"\\\\x")
        for byte in value.readableBytesView {
            json.appendRaw(byte: JSONBytes.hexDigit(byte >> 4))
            json.appendRaw(byte: JSONBytes.hexDigit(byte & 15))
        }
        json.appendRaw("\"")
    }
}
