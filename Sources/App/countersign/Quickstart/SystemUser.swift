internal import Foundation

/// A user of the machine.
struct SystemUser: Hashable, Sendable {
    var name: String
    var id: uid_t
    var group: gid_t

    /// The user that Debian makes for PostgreSQL, which refuses to run as root. Nil for the own user.
    static func forPostgres() throws -> SystemUser? {
        guard geteuid() == 0 else { return nil }
        guard let entry = getpwnam("postgres") else {
            throw Failure(
                "PostgreSQL does not run as root, and there is no user `postgres`: install the package postgresql"
            )
        }
        return SystemUser(name: "postgres", id: entry.pointee.pw_uid, group: entry.pointee.pw_gid)
    }

    /// Whether the user may go into a folder: into each folder above it, too.
    func canEnter(_ path: String) -> Bool {
        var path = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        while true {
            guard let attributes = try? FileManager.default.attributesOfItem(atPath: path), mayEnter(attributes) else {
                return false
            }
            if path == "/" { return true }
            path = URL(fileURLWithPath: path).deletingLastPathComponent().path
        }
    }

    private func mayEnter(_ attributes: [FileAttributeKey: Any]) -> Bool {
        guard let mode = attributes[.posixPermissions] as? NSNumber else { return false }
        let bit =
            if attributes[.ownerAccountID] as? NSNumber == NSNumber(value: id) {
                0o100
            } else if attributes[.groupOwnerAccountID] as? NSNumber == NSNumber(value: group) {
                0o010
            } else {
                0o001
            }
        return mode.intValue & bit != 0
    }
}
