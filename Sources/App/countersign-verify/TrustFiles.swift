internal import ArgumentParser
internal import TransparencyLog

/// What the reader trusts: keys and a witness policy. What is wrong with them is an error of the call, not of the bundle.
enum TrustFiles {
    private static let longest = 1 << 18

    /// The key itself, or the keys of a file: one a line, empty lines and `#` comments apart.
    static func keys(_ argument: String) throws -> [NoteVerifierKey] {
        let fault: NoteError
        do throws(NoteError) {
            return [try asLog(try key(argument), argument)]
        } catch {
            fault = error
        }
        let bytes: [UInt8]
        do {
            bytes = try InputFile.read(argument, longest: longest)
        } catch {
            throw ValidationError("--key \(argument): \(fault), and \(error)")
        }
        let lines = bytes.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
        let keys = try lines.filter { !$0.hasPrefix("#") && !$0.isEmpty }.map { line in
            do {
                return try asLog(try key(line), argument)
            } catch let error as NoteError {
                throw ValidationError("--key \(argument): \(error)")
            }
        }
        guard !keys.isEmpty else { throw ValidationError("--key \(argument): the file has no key") }
        return keys
    }

    static func policy(_ path: String) throws -> WitnessPolicy {
        do {
            return try WitnessPolicy(try InputFile.read(path, longest: longest))
        } catch let error as PolicyFileError {
            throw ValidationError("--witness-policy \(path): \(error)")
        } catch {
            throw ValidationError("--witness-policy: \(error)")
        }
    }

    private static func key(_ text: String) throws(NoteError) -> NoteVerifierKey {
        try NoteVerifierKey(text)
    }

    private static func asLog(_ key: NoteVerifierKey, _ argument: String) throws(NoteError) -> NoteVerifierKey {
        guard key.algorithm == .ed25519 else { throw .unsupportedKey(type: key.algorithm.rawValue) }
        return key
    }
}
