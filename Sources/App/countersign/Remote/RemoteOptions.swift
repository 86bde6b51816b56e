internal import ArgumentParser
internal import Foundation

/// Which console is spoken to, and whom its certificate may be from.
struct RemoteOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("The console's address (or COUNTERSIGN_URL).", valueName: "url"))
    var url: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "PEM of the authorities to trust, not the system's (or COUNTERSIGN_CA).",
            valueName: "file"
        )
    )
    var ca: String?

    static func variable(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// What the command line says, or the environment.
    var address: String? { url ?? RemoteOptions.variable("COUNTERSIGN_URL") }

    func gateway() throws -> GatewayURL {
        guard let address else {
            throw Failure("which console? give --url https://HOST[:PORT], or set COUNTERSIGN_URL")
        }
        return try GatewayURL(address)
    }

    /// As `gateway`, or the only one that somebody is logged in to.
    func knownGateway() throws -> GatewayURL {
        if address == nil, let only = try Credentials().onlyGateway() { return try GatewayURL(only) }
        return try gateway()
    }

    var authority: String? { ca ?? RemoteOptions.variable("COUNTERSIGN_CA") }

    /// A client with the token of the environment, or the one that a login left.
    func client(_ gateway: GatewayURL) throws -> APIClient {
        if let token = RemoteOptions.variable("COUNTERSIGN_TOKEN") {
            return APIClient(gateway: gateway, token: token, authority: authority)
        }
        guard let entry = try Credentials().entry(for: gateway) else {
            throw Failure("not logged in to \(gateway): countersign login --url \(gateway)")
        }
        return APIClient(gateway: gateway, token: entry.token, authority: authority)
    }
}
