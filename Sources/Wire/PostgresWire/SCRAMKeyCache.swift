internal import Crypto
internal import Synchronization

/// The last keys derived for one credential. Holds one entry: a server's salt for a user changes with the password.
package final class SCRAMKeyCache: Sendable {
    private struct Entry: Sendable {
        var password: SHA256Digest
        var salt: [UInt8]
        var iterations: Int
        var keys: SCRAMKeys
    }

    private let entry = Mutex<Entry?>(nil)

    package init() {}

    func keys(password: String, salt: [UInt8], iterations: Int) throws(SCRAMError) -> SCRAMKeys {
        let digest = SHA256.hash(data: Array(password.utf8))
        let found = entry.withLock { entry in
            entry.flatMap { $0.password == digest && $0.salt == salt && $0.iterations == iterations ? $0.keys : nil }
        }
        if let found { return found }
        let keys = try SCRAMKeys(password: password, salt: salt, iterations: iterations)
        entry.withLock { $0 = Entry(password: digest, salt: salt, iterations: iterations, keys: keys) }
        return keys
    }
}
