internal import Foundation

/// The sessions that `countersign login` got, in a file that nobody but its owner may read.
struct Credentials {
    struct Entry: Codable, Hashable {
        var token: String
        var person: String
        /// RFC 3339.
        var expires: String
    }

    private struct Content: Codable {
        var version = 1
        /// By the console's address.
        var gateways: [String: Entry] = [:]
    }

    /// `$XDG_CONFIG_HOME/countersign/credentials.json`, or the same below `~/.config` (XDG Base Directory Specification).
    let path: String

    init(environment: [String: String] = ProcessInfo.processInfo.environment) throws {
        let named = environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        guard let folder = named ?? environment["HOME"].flatMap({ $0.hasPrefix("/") ? $0 + "/.config" : nil }) else {
            throw Failure(
                "no folder for credentials: set HOME or XDG_CONFIG_HOME, or give a token in COUNTERSIGN_TOKEN"
            )
        }
        path = folder + "/countersign/credentials.json"
    }

    func entry(for gateway: GatewayURL) throws -> Entry? { try read().gateways[gateway.text] }

    /// The only console that somebody logged in to; nil where there is none, or more than one.
    func onlyGateway() throws -> String? {
        let known = try read().gateways.keys
        return known.count == 1 ? known.first : nil
    }

    /// Keeps an entry, or with nil forgets it.
    func set(_ entry: Entry?, for gateway: GatewayURL) throws {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        do {
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw Failure("the folder \(folder) cannot be made; may this user write there?")
        }
        // Two logins at the same time must not lose one of them.
        let lock = open(folder + "/.lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard lock >= 0 else { throw Failure("\(folder)/.lock cannot be written (errno \(errno))") }
        defer { close(lock) }
        guard flock(lock, LOCK_EX) == 0 else { throw Failure("\(folder)/.lock cannot be locked (errno \(errno))") }
        var content = try read()
        content.gateways[gateway.text] = entry
        try write(content)
    }

    /// Refuses a file that others may read: what is in it is no secret any more.
    private func read() throws -> Content {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            guard errno == ENOENT || errno == ENOTDIR else {
                throw Failure("\(path) cannot be read: \(String(cString: strerror(errno)))")
            }
            return Content()
        }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        let mode = try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber
        guard let mode, mode.intValue & 0o077 == 0 else {
            throw Failure("\(path) may be read by others: `chmod 600` it, and log in again if they did")
        }
        guard let data = try? file.readToEnd() ?? Data(),
            let content = try? JSONDecoder().decode(Content.self, from: data),
            content.version == 1
        else { throw Failure("\(path) is no file of credentials of this version: delete it, and log in again") }
        return content
    }

    /// Whole or not at all, and at no time readable by others.
    private func write(_ content: Content) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(content) else { throw Failure("\(path) cannot be written") }
        let draft = path + ".draft"
        unlink(draft)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure("\(path) cannot be written (errno \(errno))") }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try file.write(contentsOf: data + Data("\n".utf8))
            try file.synchronize()
        } catch {
            throw Failure("\(path) cannot be written: is the disk full?")
        }
        guard rename(draft, path) == 0 else { throw Failure("\(path) cannot be written (errno \(errno))") }
    }
}
