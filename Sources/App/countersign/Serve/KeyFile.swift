internal import Crypto
internal import Foundation

/// A key of 32 random bytes in `DATA/keys`, made once and readable by the owner alone.
enum KeyFile {
    /// Reads the key, or makes it.
    static func bytes(_ name: String, data: String) throws -> [UInt8] {
        let folder = "\(data)/keys"
        let path = "\(folder)/\(name)"
        if !FileManager.default.fileExists(atPath: path) { try make(path, in: folder) }
        return try existing(name, data: data)
    }

    /// Reads a key that must be there.
    static func existing(_ name: String, data: String) throws -> [UInt8] {
        let path = "\(data)/keys/\(name)"
        guard let bytes = FileManager.default.contents(atPath: path), bytes.count == 32 else {
            throw Failure("\(path): not a key of 32 bytes, or not readable")
        }
        return Array(bytes)
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
