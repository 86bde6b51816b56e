import Crypto
import Glibc
package import TransparencyLog

/// The ledger's keys: the private one in `KEYS/ledger.key` (32 bytes, 0600), the public ones of all times in
/// `LEDGER/keys`, a verifier key a line, the one in use last.
package struct LedgerKeys: Sendable {
    let path: String
    let listPath: String
    private let files: FileOperations

    package init(identity: LedgerIdentity, directory: String) {
        self.init(identity, LedgerLayout(directory: directory), .system)
    }

    init(_ identity: LedgerIdentity, _ layout: LedgerLayout, _ files: FileOperations) {
        path = identity.keys + "/ledger.key"
        listPath = layout.keys
        self.files = files
    }

    /// The next key before it is in use.
    private var nextPath: String { path + ".next" }

    // MARK: Public

    /// The verifier keys of all times, the one in use last; empty where nothing was ever signed.
    package static func verifierKeys(directory: String) throws(LedgerError) -> [NoteVerifierKey] {
        try read(LedgerLayout(directory: directory).keys)
    }

    private static func read(_ path: String) throws(LedgerError) -> [NoteVerifierKey] {
        guard let bytes = try SmallFile.read(path, limit: 1 << 20) else { return [] }
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: true)
        let keys = lines.compactMap { try? NoteVerifierKey(String(decoding: $0, as: UTF8.self)) }
        guard keys.count == lines.count, bytes.last == 0x0A else {
            throw LedgerError(.unsigned(.keysMalformed(path)))
        }
        return keys
    }

    private func list(_ keys: [NoteVerifierKey]) throws(LedgerError) {
        let text = keys.map { $0.text + "\n" }.joined()
        try check(SmallFile.replace(listPath, with: Array(text.utf8), files), listPath)
    }

    // MARK: Private

    /// The key in use and the verifier keys of all times. `isFirst`: nothing was signed yet, so a key may be made.
    func open(origin: String, isFirst: Bool) throws(LedgerError) -> (signer: NoteSigner, all: [NoteVerifierKey]) {
        var listed = try LedgerKeys.read(listPath)
        if let other = listed.last(where: { $0.name != origin }) {
            throw LedgerError(.unsigned(.otherOrigin(ledger: other.name, configured: origin)))
        }
        if isFirst, access(path, F_OK) != 0 { try write(LedgerKeys.seed(), to: path) }
        let signer = try signer(at: path, origin: origin)
        if listed.last != signer.key {
            // A crash of a rotation between the key's own file and the list leaves the list behind by one.
            guard listed.isEmpty ? isFirst : try isRecorded(signer.key) else {
                throw LedgerError(.unsigned(.keysMalformed(listPath)))
            }
            listed.append(signer.key)
            try list(listed)
        }
        return (signer, listed)
    }

    private func signer(at path: String, origin: String) throws(LedgerError) -> NoteSigner {
        var facts = stat()
        guard stat(path, &facts) == 0 else { throw LedgerError(.unsigned(.keyMissing(path))) }
        guard facts.st_mode & 0o077 == 0 else { throw LedgerError(.unsigned(.keyExposed(path))) }
        guard let seed = try SmallFile.read(path, limit: 64), seed.count == 32,
            let signer = try? NoteSigner(name: origin, algorithm: .ed25519, seed: seed)
        else { throw LedgerError(.unsigned(.keyMalformed(path))) }
        return signer
    }

    private static func seed() -> [UInt8] {
        Array(Curve25519.Signing.PrivateKey().rawRepresentation)
    }

    private func write(_ seed: [UInt8], to path: String) throws(LedgerError) {
        let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
        try DurableFile.makeDirectory(folder, name: folder)
        try check(SmallFile.replace(path, with: seed, files), path)
    }

    private func check(_ failure: Int32, _ name: String) throws(LedgerError) {
        guard failure == 0 else { throw LedgerError(.failed(failure), file: name) }
    }

    // MARK: Rotation

    /// Whether a rotation had come so far that the ledger may name this key.
    private func isRecorded(_ key: NoteVerifierKey) throws(LedgerError) -> Bool {
        try SmallFile.read(path + ".recorded", limit: 1024) == Array(key.text.utf8)
    }

    /// A key that was prepared and is not in use yet.
    func prepared(origin: String) throws(LedgerError) -> NoteVerifierKey? {
        access(nextPath, F_OK) == 0 ? try signer(at: nextPath, origin: origin).key : nil
    }

    /// The key that comes next: one that an earlier attempt had made, or a new one.
    func prepare(origin: String) throws(LedgerError) -> NoteVerifierKey {
        if access(nextPath, F_OK) != 0 { try write(LedgerKeys.seed(), to: nextPath) }
        return try signer(at: nextPath, origin: origin).key
    }

    /// Puts the prepared key in use. Call it once its record is covered by a checkpoint of the old key.
    func adopt(origin: String) throws(LedgerError) -> NoteVerifierKey {
        let key = try signer(at: nextPath, origin: origin).key
        let listed = try LedgerKeys.read(listPath)
        try check(SmallFile.replace(path + ".recorded", with: Array(key.text.utf8), files), path)
        // From here on the new key signs; the list follows, here or at the next start.
        try check(-files.rename(nextPath, path), path)
        try check(SmallFile.syncFolder(of: path, files), path)
        try list(listed + [key])
        return key
    }
}
