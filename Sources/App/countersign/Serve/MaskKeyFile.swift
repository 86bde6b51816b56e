internal import AccessModel
internal import Crypto
internal import Foundation

/// The key of `hash` masks, `DATA/keys/mask.key`. Who loses it gets other hashes for the same values; who has it can try
/// values.
struct MaskKeyFile: Sendable {
    private let key: SymmetricKey

    /// Reads the key, or makes it.
    init(data: String) throws {
        key = SymmetricKey(data: try KeyFile.bytes("mask.key", data: data))
    }

    /// The key for one target: the same value has another hash on another target.
    func keys(for target: String) -> MaskKeys? {
        let code = HMAC<SHA256>.authenticationCode(for: Data("countersign mask v1\0\(target)".utf8), using: key)
        return MaskKeys(key: Array(code))
    }
}
