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
            var status = stat()
            guard stat(path, &status) == 0, mayEnter(status) else { return false }
            if path == "/" { return true }
            path = URL(fileURLWithPath: path).deletingLastPathComponent().path
        }
    }

    private func mayEnter(_ status: stat) -> Bool {
        if status.st_uid == id { return status.st_mode & S_IXUSR != 0 }
        if status.st_gid == group { return status.st_mode & S_IXGRP != 0 }
        return status.st_mode & S_IXOTH != 0
    }
}
