internal import ArgumentParser
internal import Foundation
internal import PolicyEngine

/// Where the gateway's data is: `--data DIR`, or the `data:` of `--config FILE`, or the environment's of these.
struct DataOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("The gateway's data directory (or COUNTERSIGN_DATA).", valueName: "dir")
    )
    var data: String?

    @Option(
        name: .long,
        help: ArgumentHelp("The configuration, whose `data:` is taken (or COUNTERSIGN_CONFIG).", valueName: "file")
    )
    var config: String?

    mutating func validate() throws {
        guard data == nil || config == nil else { throw ValidationError("give --data or --config, not both") }
    }

    /// What the command line says comes before what the environment says.
    func directory() throws -> DataDirectory {
        let environment = ProcessInfo.processInfo.environment
        func variable(_ name: String) -> String? {
            environment[name].flatMap { $0.isEmpty ? nil : $0 }
        }
        if let data { return DataDirectory(path: data) }
        if let config { return try DataOptions.directory(of: config) }
        if let data = variable("COUNTERSIGN_DATA") { return DataDirectory(path: data) }
        if let config = variable("COUNTERSIGN_CONFIG") { return try DataOptions.directory(of: config) }
        guard variable("COUNTERSIGN_URL") == nil else { throw Failure(LocalOptions.words) }
        throw Failure("no data directory: give --data DIR or --config FILE, or set COUNTERSIGN_DATA")
    }

    /// The lock that the configuration names, where one was given and names one.
    func ledgerLock() throws -> String? {
        let environment = ProcessInfo.processInfo.environment
        guard let config = config ?? (data == nil ? environment["COUNTERSIGN_CONFIG"] : nil), !config.isEmpty else {
            return nil
        }
        guard let lock = try ConfigurationFile.read(config).configuration?.ledger.upkeep.lock else { return nil }
        return ConfigurationResolver(path: config).resolve(lock)
    }

    private static func directory(of config: String) throws -> DataDirectory {
        let file = try ConfigurationFile.read(config)
        guard let configuration = file.configuration else {
            throw Failure("\(config) has errors: see `countersign check --config \(config)`, or give --data DIR")
        }
        return DataDirectory(path: ConfigurationResolver(path: config).resolve(configuration.data))
    }
}
