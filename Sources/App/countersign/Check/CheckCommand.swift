internal import AccessModel
internal import ArgumentParser
internal import Foundation
internal import PolicyEngine
internal import PostgresGateway

/// `countersign check`
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Validate a configuration without starting anything.",
        discussion: """
            Prints FILE:LINE: message for everything that is wrong, with the nearest valid key, and warnings for what \
            is accepted and weak. With --catalog also for masks that hide nothing or cannot hide, and grants on relations \
            and columns that the database does not have. Exit 1 when there is an error.

            Examples:
              countersign check --config countersign.yaml
              countersign policy catalog | psql -XqAt "service=orders" > orders.catalog
              countersign check --config countersign.yaml --catalog orders-db=orders.catalog
            """
    )

    @Option(name: .long, help: "The configuration file (or COUNTERSIGN_CONFIG).")
    var config: String?

    @Option(
        name: .long,
        help: ArgumentHelp("What a target's database holds; may be given for several.", valueName: "target=file")
    )
    var catalog: [CatalogArgument] = []

    @Flag(name: .long, help: "One JSON object a line.")
    var json = false

    func run() throws {
        let path = try ConfigurationFile.path(given: config)
        let file = try ConfigurationFile.read(path)
        var diagnostics = file.diagnostics
        if let configuration = file.configuration {
            diagnostics += configuration.lint(at: SystemClock.now(), file: path)
            diagnostics += ConfigurationResolver(path: path).faults(of: configuration, at: file.places)
            diagnostics += try lint(configuration, path)
        }
        for diagnostic in diagnostics { print(json ? line(diagnostic) : "\(diagnostic)") }
        let errors = diagnostics.count { $0.severity == .error }
        guard errors == 0 else {
            throw Failure("\(path): \(errors) error\(errors == 1 ? "" : "s"); nothing was started")
        }
        print(json ? verdict(file.policy, warnings: diagnostics.count) : "\(path): ok, policy \(file.policy)")
    }

    /// `{"result":"ok","policy":"sha256:…","warnings":0}`
    private func verdict(_ policy: some CustomStringConvertible, warnings: Int) -> String {
        var json = JSONBytes()
        json.appendRaw("{")
        json.member("result")
        json.append("ok")
        json.member("policy")
        json.append("\(policy)")
        json.member("warnings")
        json.append(Int64(warnings))
        json.appendRaw("}")
        return String(decoding: json.bytes, as: UTF8.self)
    }

    private func lint(_ configuration: Configuration, _ path: String) throws -> [Diagnostic] {
        try catalog.flatMap { argument in
            guard configuration.targets.contains(where: { $0.name == argument.target }) else {
                throw Failure("no target is named \(argument.target.onOneLine)")
            }
            let file = try CatalogFile(at: argument.file)
            return configuration.lint(target: argument.target, catalog: file.catalog, file: path)
        }
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
