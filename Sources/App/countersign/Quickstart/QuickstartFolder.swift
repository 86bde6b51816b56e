internal import Foundation

/// The folder of a quickstart: everything that it writes. The file `quickstart.json` marks it, and is locked while a
/// quickstart runs.
struct QuickstartFolder: Sendable {
    static let marker = "quickstart.json"

    /// Absolute.
    let path: String
    private(set) var settings = QuickstartSettings()

    init(path: String) {
        self.path = URL(fileURLWithPath: path).standardizedFileURL.path
    }

    /// Makes the folder, or opens the one of an earlier start. A folder with other things in it is refused.
    static func open(_ path: String) throws -> QuickstartFolder {
        var folder = QuickstartFolder(path: path)
        let files = FileManager.default
        let names = try? files.contentsOfDirectory(atPath: folder.path)
        if names == nil, files.fileExists(atPath: folder.path) {
            throw Failure("\(folder.path): no folder that can be read; give another one with --data")
        }
        guard names?.allSatisfy({ $0 == ".lock" }) ?? true || folder.has(marker) else {
            throw Failure("\(folder.path): not empty, and no quickstart made it; give another folder with --data")
        }
        try folder.makeFolder("", mode: geteuid() == 0 ? 0o711 : 0o700)
        try folder.lock()
        if let known = try? folder.readSettings() {
            folder.settings = known
        } else {
            try folder.save(folder.settings)
        }
        return folder
    }

    func file(_ name: String) -> String {
        name.isEmpty ? path : "\(path)/\(name)"
    }

    func has(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: file(name))
    }

    func makeFolder(_ name: String, mode: Int = 0o700) throws {
        do {
            try FileManager.default.createDirectory(atPath: file(name), withIntermediateDirectories: true)
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file(name))
        } catch {
            throw Failure("the folder \(file(name)) cannot be made; may this user write there?")
        }
    }

    /// Writes a file that is whole or not there, and that nobody but its owner can read at any time.
    func write(_ text: String, to name: String, mode: mode_t = 0o600) throws {
        let draft = file(".\(URL(fileURLWithPath: name).lastPathComponent).draft")
        try? FileManager.default.removeItem(atPath: draft)
        let descriptor = Glibc.open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw Failure("\(file(name)) cannot be written (errno \(errno))") }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try handle.write(contentsOf: Data(text.utf8))
        } catch {
            throw Failure("\(file(name)) cannot be written: is the disk full?")
        }
        guard rename(draft, file(name)) == 0 else { throw Failure("\(file(name)) cannot be written (errno \(errno))") }
    }

    // MARK: Settings

    func readSettings() throws -> QuickstartSettings {
        guard let data = FileManager.default.contents(atPath: file(QuickstartFolder.marker)),
            let settings = try? JSONDecoder().decode(QuickstartSettings.self, from: data)
        else { throw Failure("\(path): no folder of a quickstart; start `countersign quickstart` there first") }
        return settings
    }

    func save(_ settings: QuickstartSettings) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        let text = (try? encoder.encode(settings)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
        try write(text + "\n", to: QuickstartFolder.marker)
    }

    // MARK: One at a time

    /// Held until the process ends, which is why the descriptor is not closed.
    private func lock() throws {
        let descriptor = Glibc.open(file(".lock"), O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure("\(file(".lock")) cannot be written (errno \(errno))") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw Failure("a quickstart runs in \(path) already: end it, or give another folder with --data")
        }
    }

    /// Deletes everything but the lock. The database must not run.
    mutating func empty() throws {
        try? FileManager.default.removeItem(atPath: DemoPostgres.home(in: self))
        for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] where name != ".lock" {
            do {
                try FileManager.default.removeItem(atPath: file(name))
            } catch {
                throw Failure("\(file(name)) cannot be deleted; may this user write there?")
            }
        }
        // The mark first, so that a start that fails from here on leaves a folder that the next one takes.
        settings = QuickstartSettings(ports: settings.ports)
        try save(settings)
    }
}
