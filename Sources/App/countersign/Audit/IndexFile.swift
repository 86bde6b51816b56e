internal import Foundation

/// The search index's file. It holds the text of statements, so its owner alone may read it; and its owner is the
/// gateway's user, also where root was the first to search.
struct IndexFile {
    let path: String

    /// Makes the file where there is none; SQLite gives what it makes beside it the same owner and mode.
    func prepare(as directory: String) throws {
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            guard errno != EEXIST else { return }
            throw Failure("the search index \(path) could not be made: \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        guard geteuid() == 0, let attributes = try? FileManager.default.attributesOfItem(atPath: directory),
            let owner = attributes[.ownerAccountID] as? NSNumber,
            let group = attributes[.groupOwnerAccountID] as? NSNumber
        else { return }
        guard fchown(descriptor, owner.uint32Value, group.uint32Value) == 0 else {
            unlink(path)
            throw Failure("the search index \(path) could not be given to the gateway's user")
        }
    }
}
