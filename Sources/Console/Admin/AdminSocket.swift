internal import Glibc

/// Where the admin socket stands, and how it comes there.
///
/// A socket that is bound gets the mode of the process's umask, and whoever connects before it is changed is in. So it is
/// bound in a folder that only its owner may enter, made owner-only there, and renamed into place: the path that others
/// know never names a socket that they may use. The rename also takes the place of the socket of a gateway that was killed.
struct AdminSocket: Sendable {
    /// `sun_path` of unix(7), its final NUL apart.
    static let longestPath = 107

    /// `DATA/admin.sock`
    let path: String

    private var folder: String { path + ".new" }

    /// Where to bind.
    var bindingPath: String { folder + "/s" }

    init(path: String) throws(AdminSocketError) {
        self.path = path
        guard bindingPath.utf8.count <= AdminSocket.longestPath else {
            throw AdminSocketError(step: .pathTooLong, path: path, code: 0)
        }
    }

    /// Makes the folder, or takes it over from a gateway that was killed between binding and renaming.
    func prepare() throws(AdminSocketError) {
        unlink(bindingPath)
        rmdir(folder)
        guard mkdir(folder, 0o700) == 0 else { throw AdminSocketError(step: .createFolder, path: path, code: errno) }
    }

    /// From here on clients reach the socket.
    func publish() throws(AdminSocketError) {
        guard chmod(bindingPath, 0o600) == 0 else { throw AdminSocketError(step: .restrict, path: path, code: errno) }
        guard rename(bindingPath, path) == 0 else { throw AdminSocketError(step: .publish, path: path, code: errno) }
        rmdir(folder)
    }

    func remove() {
        unlink(path)
    }
}
