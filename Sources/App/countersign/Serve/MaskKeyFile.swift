internal import AccessModel
internal import Crypto
internal import Foundation

/// The key of `hash` masks: 32 random bytes in `DATA/keys/mask.key`, made once and readable by the owner alone. Who loses
/// it gets other hashes for the same values; who has it can try values.
struct MaskKeyFile: Sendable {
    private let key: SymmetricKey

    /// Reads the key, or makes it.
    init(data: String) throws {
        let folder = "\(data)/keys"
        let path = "\(folder)/mask.key"
        if !FileManager.default.fileExists(atPath: path) { try MaskKeyFile.make(path, in: folder) }
        guard let bytes = FileManager.default.contents(atPath: path), bytes.count == 32 else {
            throw Failure("\(path): not a key of 32 bytes, or not readable")
        }
        key = SymmetricKey(data: bytes)
    }

    /// The key for one target: the same value has another hash on another target.
    func keys(for target: String) -> MaskKeys? {
        let code = HMAC<SHA256>.authenticationCode(for: Data("countersign mask v1\0\(target)".utf8), using: key)
        return MaskKeys(key: Array(code))
    }

    private static func make(_ path: String, in folder: String) throws {
        let attributes: [FileAttributeKey: Any] = [.posixPermissions: 0o700]
        do {
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true,
                attributes: attributes
            )
        } catch {
            throw Failure("the folder \(folder) cannot be made; may this user write there?")
        }
        let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
        // Whole or not at all: half a key would be refused at each start.
        let part = path + ".part"
        guard
            FileManager.default.createFile(atPath: part, contents: bytes, attributes: [.posixPermissions: 0o600]),
            rename(part, path) == 0
        else { throw Failure("\(path) cannot be written") }
    }
}
