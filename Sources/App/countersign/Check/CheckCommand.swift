internal import AccessModel
internal import ArgumentParser
internal import Foundation
internal import PolicyEngine

/// `countersign check`
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Validate a configuration without starting anything.",
        discussion: """
            Prints FILE:LINE: message for everything that is wrong, with the nearest valid key, and warnings for what \
            is accepted and weak. Exit 1 when there is an error.

            Example:  countersign check --config countersign.yaml
            """
    )

    @Option(name: .long, help: "The configuration file (or COUNTERSIGN_CONFIG).")
    var config: String?

    @Flag(name: .long, help: "One JSON object a line.")
    var json = false

    func run() throws {
        let path = try ConfigurationFile.path(given: config)
        let file = try ConfigurationFile.read(path)
        var diagnostics = file.diagnostics
        if let configuration = file.configuration {
            diagnostics += configuration.lint(at: SystemClock.now(), file: path)
            diagnostics += ConfigurationResolver(path: path).faults(of: configuration)
        }
        for diagnostic in diagnostics { print(json ? line(diagnostic) : "\(diagnostic)") }
        let errors = diagnostics.count { $0.severity == .error }
        guard errors == 0 else {
            throw Failure("\(path): \(errors) error\(errors == 1 ? "" : "s"); nothing was started")
        }
        if !json { print("\(path): ok, policy \(file.policy)") }
    }

    private func line(_ diagnostic: Diagnostic) -> String {
        var json = JSONBytes()
        json.appendRaw("{")
        json.member("file")
        json.append(diagnostic.file)
        json.member("line")
        json.append(Int64(diagnostic.line))
        json.member("severity")
        json.append(diagnostic.severity.rawValue)
        json.member("message")
        json.append(diagnostic.message)
        json.appendRaw("}")
        return String(decoding: json.bytes, as: UTF8.self)
    }
}
