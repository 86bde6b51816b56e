/// A message that breaks the protocol: which rule, and the numbers. Never bytes of the message.
public struct FrameError: Error, Hashable, Sendable {
    /// Which rule was broken.
    public enum Code: String, Hashable, Sendable {
        /// A declared length below its minimum.
        case tooShort
        /// A declared length above the limit for its type.
        case tooLong
        /// A type that has no meaning here.
        case unknownType
        /// The body does not have the shape of its type.
        case malformed
        /// A message that the state of the conversation does not allow.
        case unexpected
    }

    /// Which rule was broken.
    public var code: Code
    /// The message's type byte.
    public var type: UInt8
    /// The length that it declared, in bytes; 0 where no length was wrong.
    public var declared: UInt32

    /// An error about a message of this type.
    public init(code: Code, type: UInt8, declared: UInt32 = 0) {
        self.code = code
        self.type = type
        self.declared = declared
    }
}

extension FrameError: CustomStringConvertible {
    /// What is wrong, with numbers alone: never a byte of the message's body.
    public var description: String {
        let name = (0x21...0x7E).contains(type) ? "'\(Character(UnicodeScalar(type)))'" : "\(type)"
        return switch code {
        case .tooShort: "message type \(name) declares \(declared) bytes, which is too short"
        case .tooLong: "message type \(name) declares \(declared) bytes, which is above the limit"
        case .unknownType: "unknown message type \(name)"
        case .malformed: "malformed message of type \(name)"
        case .unexpected: "message type \(name) is not expected here"
        }
    }
}
