package import AccessModel

extension ClaimValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int64) { self = .integer(value) }
    package init(floatLiteral value: Double) { self = .number(value) }
    package init(booleanLiteral value: Bool) { self = .boolean(value) }
    package init(nilLiteral: ()) { self = .null }
    package init(arrayLiteral elements: ClaimValue...) { self = .array(elements) }
    package init(dictionaryLiteral elements: (String, ClaimValue)...) {
        self = .object(Dictionary(uniqueKeysWithValues: elements))
    }
}

extension ClaimValue {
    /// Compact JSON with sorted members.
    var json: String {
        switch self {
        case .string(let text):
            var bytes = JSONBytes()
            bytes.append(text)
            return String(decoding: bytes.bytes, as: UTF8.self)
        case .integer(let value): return String(value)
        case .number(let value): return String(value)
        case .boolean(let value): return value ? "true" : "false"
        case .null: return "null"
        case .array(let elements): return "[\(elements.map(\.json).joined(separator: ","))]"
        case .object(let members):
            let sorted = members.sorted { $0.key < $1.key }
            return "{\(sorted.map { "\(ClaimValue.string($0.key).json):\($0.value.json)" }.joined(separator: ","))}"
        }
    }
}
