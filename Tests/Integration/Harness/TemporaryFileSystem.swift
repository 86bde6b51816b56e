import Foundation

/// A small file system of a test's own, to be filled.
struct TemporaryFileSystem: Sendable {
    let folder: URL
    private var ballast: String { folder.appending(path: "ballast").path(percentEncoded: false) }

    /// Whether this process may mount: root in a container often may not.
    static let canMount: Bool = {
        guard let folder = try? Leash.makeFolder("mount").path(percentEncoded: false) else { return false }
        guard mountTemporary(folder, megabytes: 1) == 0 else { return false }
        umount2(folder, Int32(MNT_DETACH))
        return true
    }()

    static func mount(megabytes: Int) async throws -> TemporaryFileSystem {
        let folder = try Leash.makeFolder("disk")
        guard mountTemporary(folder.path(percentEncoded: false), megabytes: megabytes) == 0 else {
            throw HarnessError("mount: errno \(errno)")
        }
        try Leash.shared.get().unmount(folder.path(percentEncoded: false))
        return TemporaryFileSystem(folder: folder)
    }

    private static func mountTemporary(_ folder: String, megabytes: Int) -> Int32 {
        Glibc.mount("tmpfs", folder, "tmpfs", 0, "size=\(megabytes)m")
    }

    /// Takes all the space that is left.
    func fill() async throws {
        // `dd` fails when the disk is full, which is what is wanted of it.
        _ = try await Command("dd", ["if=/dev/zero", "of=\(ballast)", "bs=64K"]).run()
    }

    func free() throws {
        try FileManager.default.removeItem(atPath: ballast)
    }

    func unmount() async throws {
        guard umount2(folder.path(percentEncoded: false), Int32(MNT_DETACH)) == 0 else {
            throw HarnessError("umount: errno \(errno)")
        }
    }
}
