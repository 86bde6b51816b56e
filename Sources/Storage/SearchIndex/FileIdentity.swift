internal import Glibc

/// Tells a file from another that stands under the same name later.
struct FileIdentity: Hashable {
    private let device: dev_t
    private let number: ino_t

    /// Nil where there is no file.
    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        device = status.st_dev
        number = status.st_ino
    }
}
