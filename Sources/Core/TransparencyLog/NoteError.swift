/// Why a signed note, a key or a checkpoint is not accepted. Safe to print: names of keys, never what was signed.
package enum NoteError: Error, Hashable, Sendable {
    case tooLong(bytes: Int)
    case tooManySignatures
    /// Not UTF-8, a control character, or no newline at the end.
    case malformedText
    /// No empty line before the signatures, or no signature after it.
    case noSignatures
    /// The signature line, counted from 1.
    case malformedSignature(line: Int)
    /// Not `name+id+key` as signed-note writes a verifier key, or an id that is not the key's.
    case malformedKey
    /// A kind of key that this version does not know: its type byte.
    case unsupportedKey(type: UInt8)
    /// Two of the keys to verify with cannot be told apart by name and id.
    case ambiguousKey(name: String)
    /// A key that is known signed something else: the note is forged or was changed.
    case wrongSignature(name: String)
    /// None of the known keys signed it.
    case unsigned
    case malformedCheckpoint(line: Int)
    /// The checkpoint's first line is not the name of the key that signed it.
    case wrongOrigin(String)
}

extension NoteError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .tooLong(let bytes): "a note of \(bytes) bytes is too long"
        case .tooManySignatures: "the note has more signatures than are looked at"
        case .malformedText: "the note is no text, or does not end with a newline"
        case .noSignatures: "the note has no signatures"
        case .malformedSignature(let line): "signature line \(line) is malformed"
        case .malformedKey: "the key is no verifier key (NAME+ID+KEY)"
        case .unsupportedKey(let type): "a key of type \(type) is not supported here (1 is a log's, 4 a witness's)"
        case .ambiguousKey(let name): "two different keys are named \(name) and have the same id"
        case .wrongSignature(let name): "the signature of \(name) is wrong: the note was changed or forged"
        case .unsigned: "no key that is trusted has signed it"
        case .malformedCheckpoint(let line): "line \(line) of the checkpoint is malformed"
        case .wrongOrigin(let origin): "the checkpoint is of another log: \(origin)"
        }
    }
}
