internal import Foundation

/// Runs the program that a secret comes from, without a shell.
enum SecretCommand {
    static func run(_ words: [String], folder: String) throws -> String {
        guard let program = words.first else { throw Failure("a secret's command is empty") }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = words
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        let output = Pipe()
        process.standardOutput = output
        process.standardInput = FileHandle.nullDevice
        do { try process.run() } catch { throw Failure("the secret's command \(program) cannot be run") }
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0, let text = String(validating: data, as: UTF8.self), !text.isEmpty else {
            throw Failure("the secret's command \(program) failed with exit \(process.terminationStatus)")
        }
        return ConfigurationResolver.withoutFinalNewline(text)
    }
}
