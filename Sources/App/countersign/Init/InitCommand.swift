internal import ArgumentParser
internal import Foundation

/// `countersign init`
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Write a commented configuration to start from.",
        discussion: """
            Writes countersign.yaml, and the file for the password of its target, into a folder. Neither is ever \
            overwritten. What it writes passes `countersign check`; names, addresses and the password are for you to change.

            Example:  countersign init /etc/countersign
                      countersign check --config /etc/countersign/countersign.yaml
            """
    )

    @Argument(help: "The folder; it is made where there is none.")
    var folder = "."

    func run() throws {
        let configuration = path(FirstConfiguration.file)
        guard !FileManager.default.fileExists(atPath: configuration) else {
            throw Failure("\(configuration) is there already, and stays as it is: name another folder, or move it away")
        }
        let secrets = path("secrets")
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try FileManager.default.createDirectory(
                atPath: secrets,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw Failure("\(secrets) cannot be made: may this user write there?")
        }
        let password = path(FirstConfiguration.passwordFile)
        if !FileManager.default.fileExists(atPath: password) {
            try InitCommand.write("change-me\n", to: password, mode: 0o600)
        }
        let text = FirstConfiguration(now: Date()).text
        try InitCommand.write(text, to: configuration, mode: 0o644)
        print(
            """
            \(configuration): written; the password of the target goes into \(password)
            next: edit both, then countersign check --config \(configuration)
            """
        )
    }

    private func path(_ name: String) -> String {
        folder == "." ? name : folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
    }

    /// Makes a file that was not there; never through a link, never over another one.
    private static func write(_ text: String, to path: String, mode: mode_t) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
        guard descriptor >= 0 else {
            throw Failure("\(path) could not be made: \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        let output = Output(descriptor: descriptor, name: path)
        try output.bytes(Array(text.utf8))
        try output.synchronize()
    }
}
