/// Why bytes were not taken as JSON. Holds no content.
enum JSONFault: Error, Hashable, Sendable {
    /// Not RFC 8259 JSON, not valid UTF-8, or more than one value.
    case syntax
    /// A member's name occurs twice in an object: two readers could see different values.
    case duplicateMember
    case tooDeep
    case nameTooLong
    /// A number that has no exact integer or no finite value here.
    case numberOutOfRange
}

extension JSONFault: CustomStringConvertible {
    /// The end of a sentence that begins with what was read.
    var description: String {
        switch self {
        case .syntax: "is not a JSON object"
        case .duplicateMember: "has a member twice"
        case .tooDeep: "is nested too deep"
        case .nameTooLong: "has a member with a very long name"
        case .numberOutOfRange: "has a number out of range"
        }
    }
}
