internal import Crypto
internal import Foundation
internal import TransparencyLog

/// A witness's private key in a file of its own, readable by its owner alone: `PRIVATE+KEY+NAME+ID+BASE64`, as Go's
/// `sumdb/note` writes it, in one line.
struct WitnessKeyFile {
    let path: String

    /// Never printed.
    struct Key {
        let name: String
        private let seed: [UInt8]

        /// A new one.
        init(name: String) {
            self.name = name
            seed = Array(Curve25519.Signing.PrivateKey().rawRepresentation)
        }

        fileprivate init?(_ text: String) {
            let prefix = "PRIVATE+KEY+"
            guard text.hasPrefix(prefix) else { return nil }
            let parts = text.dropFirst(prefix.count).split(
                separator: "+",
                maxSplits: 2,
                omittingEmptySubsequences: false
            )
            guard parts.count == 3, let bytes = Base64.bytes(parts[2].utf8), bytes.count == 33,
                bytes[0] == NoteVerifierKey.Algorithm.cosignature.rawValue
            else { return nil }
            name = String(parts[0])
            seed = Array(bytes.dropFirst())
            // The id tells a key that was pasted together from two.
            guard let key = try? signer.key, key.text.hasPrefix("\(parts[0])+\(parts[1])+") else { return nil }
        }

        var signer: NoteSigner {
            get throws {
                do {
                    return try NoteSigner(name: name, algorithm: .cosignature, seed: seed)
                } catch {
                    throw Failure("`\(name)` is no name of a witness: a URL without its scheme, no spaces, no +")
                }
            }
        }

        fileprivate var text: String {
            get throws {
                let id = try signer.key.text.dropFirst(name.count + 1).prefix(8)
                return
                    "PRIVATE+KEY+\(name)+\(id)+\(Base64.text([NoteVerifierKey.Algorithm.cosignature.rawValue] + seed))\n"
            }
        }
    }

    /// Nil where there is none.
    func read() throws -> Key? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let data = FileManager.default.contents(atPath: path), data.count < 4096,
            let text = String(validating: data, as: UTF8.self),
            let key = Key(text.hasSuffix("\n") ? String(text.dropLast()) : text)
        else { throw Failure("\(path) is no witness's key, or not readable by this user") }
        return key
    }

    /// Whole or not at all, and on disk when it returns.
    func write(_ key: Key) throws {
        let part = path + ".part"
        unlink(part)
        let descriptor = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure("\(path) cannot be written") }
        let output = Output(descriptor: descriptor, name: path)
        defer { close(descriptor) }
        try output.line(key.text.utf8.dropLast())
        try output.synchronize()
        guard rename(part, path) == 0, FolderSync.sync(folderOf: path) else {
            throw Failure("\(path) cannot be written")
        }
    }
}

extension WitnessKeyFile.Key: CustomStringConvertible, CustomReflectable {
    var description: String { "the key of \(name)" }
    var customMirror: Mirror { Mirror(self, children: ["name": name]) }
}
