internal import Foundation

/// A file that has its name only when it is whole and on disk.
struct ExportFile {
    let output: Output
    private let path: String
    private let temporary: String
    private let descriptor: Int32

    init(path: String) throws {
        self.path = path
        temporary = "\(path).\(getpid()).part"
        descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw Failure("\(temporary) could not be made: \(String(cString: strerror(errno)))")
        }
        output = Output(descriptor: descriptor, name: path)
    }

    func commit() throws {
        try output.synchronize()
        // From here the export is whole on disk; the rename makes it the file that was asked for.
        guard close(descriptor) == 0, rename(temporary, path) == 0 else {
            throw Failure("\(path) could not be written: \(String(cString: strerror(errno)))")
        }
    }

    func discard() {
        close(descriptor)
        unlink(temporary)
    }
}
