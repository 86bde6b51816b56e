internal import Foundation
internal import TransparencyLog
internal import WitnessDatabase
internal import Witnessing

/// A folder that makes a witness: `witness.key` and `witness.sqlite`, what it signs with and what it signed.
///
/// The two belong together for ever. A key whose memory is gone is not used again: it might sign a second history.
struct WitnessHome {
    let signer: NoteSigner
    let store: WitnessFile

    /// Opens the folder's witness, or makes one.
    ///
    /// `folder` is made (0700) where there is none. `name` is what a new one is called: a URL without its scheme. One that is
    /// there keeps its own, and is not opened under another.
    init(folder: String, name: String?) throws {
        let file = WitnessKeyFile(path: WitnessHome.key(folder))
        if let key = try file.read() {
            if let name, name != key.name {
                throw Failure("the witness in \(folder) is called \(key.name): a witness keeps its name")
            }
            store = try WitnessHome.open(folder, .existing)
            signer = try key.signer
            return
        }
        guard let name else {
            throw Failure("no witness in \(folder): give a new one its name, such as --name witness.example.com/w1")
        }
        let key = WitnessKeyFile.Key(name: name)
        signer = try key.signer
        try WitnessHome.makeFolder(folder)
        // The memory comes first, and the key by a rename when that is there: so whoever finds a key finds its memory, or
        // knows that it was taken away.
        store = try WitnessHome.open(folder, .new)
        try file.write(key)
    }

    /// The key alone, for whoever asks what it is.
    static func verifierKey(in folder: String) throws -> NoteVerifierKey {
        guard let key = try WitnessKeyFile(path: key(folder)).read() else { throw Failure("no witness in \(folder)") }
        return try key.signer.key
    }

    /// What a witness remembers.
    static func memory(in folder: String) throws -> WitnessFile {
        _ = try verifierKey(in: folder)
        return try open(folder, .existing)
    }

    private static func key(_ folder: String) -> String { "\(folder)/witness.key" }

    private static func open(_ folder: String, _ opening: WitnessFile.Opening) throws -> WitnessFile {
        do {
            return try WitnessFile(path: "\(folder)/witness.sqlite", opening)
        } catch WitnessFileError.missing {
            throw Failure(
                "the memory of the witness in \(folder) is gone: it could sign a second history. Begin in an empty folder as "
                    + "a new witness, and give the logs its new key"
            )
        } catch WitnessFileError.exists {
            throw Failure(
                "\(folder)/witness.sqlite is there without its key: put witness.key back, or begin in an empty folder as a "
                    + "new witness"
            )
        } catch {
            throw Failure("\(folder)/witness.sqlite cannot be used: \(error)")
        }
    }

    private static func makeFolder(_ folder: String) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw Failure("the folder \(folder) cannot be made; may this user write there?")
        }
    }
}
