internal import AuditLog
internal import Foundation

/// What stands in a gateway's data directory.
struct DataDirectory {
    let path: String

    init(path: String) {
        self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }

    var ledger: String { path + "/ledger" }
    var index: String { path + "/index.sqlite" }
    var adminSocket: String { path + "/admin.sock" }

    /// The ledger's reader. Throws where there is no ledger, or none that this user may read: that is never an empty
    /// answer.
    func reader() throws -> LedgerReader {
        LedgerReader(directory: try existingLedger())
    }

    func existingLedger() throws -> String {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: ledger + "/segments", isDirectory: &isFolder), isFolder.boolValue
        else {
            throw Failure(
                FileManager.default.fileExists(atPath: path)
                    ? "no ledger in \(path), or not readable by this user: is it the `data:` of the configuration?"
                    : "\(path) does not exist, or not for this user: is it the `data:` of the configuration?"
            )
        }
        guard FileManager.default.isReadableFile(atPath: ledger + "/segments") else {
            throw Failure("\(ledger) may not be read by this user: run this as the gateway's user")
        }
        return ledger
    }
}
