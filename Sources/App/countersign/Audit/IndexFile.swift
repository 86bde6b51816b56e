internal import Foundation

/// The search index's file. It holds the text of statements, so its owner alone may read it; and its owner is the
/// gateway's user, also where root was the first to search.
///
/// A copy of a ledger that may only be read (evidence on a read-only disk) is indexed in a temporary folder, which is
/// removed after the search.
final class IndexFile {
    let path: String
    private let temporary: String?

    init(in directory: DataDirectory) throws {
        guard access(directory.path, W_OK) == 0 else {
            let folder = try IndexFile.makeTemporaryFolder()
            temporary = folder
            path = folder + "/index.sqlite"
            return
        }
        temporary = nil
        path = directory.index
        try IndexFile.make(path, as: directory.path)
    }

    deinit {
        if let temporary { try? FileManager.default.removeItem(atPath: temporary) }
    }

    /// Makes the file where there is none; SQLite gives what it makes beside it the same owner and mode.
    static func make(_ path: String, as directory: String) throws {
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            guard errno != EEXIST else { return }
            throw Failure("the search index \(path) could not be made: \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        guard geteuid() == 0 else { return }
        let attributes = try? FileManager.default.attributesOfItem(atPath: directory)
        guard let owner = attributes?[.ownerAccountID] as? NSNumber,
            let group = attributes?[.groupOwnerAccountID] as? NSNumber,
            fchown(descriptor, owner.uint32Value, group.uint32Value) == 0
        else {
            unlink(path)
            throw Failure("the search index \(path) could not be given to the gateway's user")
        }
    }

    private static func makeTemporaryFolder() throws -> String {
        var template = Array((NSTemporaryDirectory() + "/countersign.XXXXXX").utf8CString)
        guard mkdtemp(&template) != nil else {
            throw Failure("no temporary folder could be made for the index: \(String(cString: strerror(errno)))")
        }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
