internal import ArgumentParser
internal import AuditLog
internal import Foundation
internal import TransparencyLog

/// What a monitor looks at, and with which keys.
struct MonitorOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("The log's address: https://GATEWAY:7480/ledger.", valueName: "url"))
    var url: String?

    @Option(name: .long, help: ArgumentHelp("A data directory, instead of an address.", valueName: "dir"))
    var data: String?

    @Option(name: .long, help: ArgumentHelp("The log's verifier key; again for a second one.", valueName: "vkey"))
    var key: [String] = []

    @Option(name: .long, help: ArgumentHelp("A C2SP tlog-policy file: logs, witnesses, quorum.", valueName: "file"))
    var policy: String?

    @Option(name: .long, help: ArgumentHelp("PEM of the authorities to trust, not the system's.", valueName: "file"))
    var ca: String?

    @Option(
        name: .long,
        help: ArgumentHelp("A file with the bearer token that the gateway asks for.", valueName: "file")
    )
    var tokenFile: String?

    mutating func validate() throws {
        guard (url == nil) != (data == nil) else { throw ValidationError("give --url or --data") }
        guard key.isEmpty != (policy == nil) else { throw ValidationError("give --key or --policy") }
        if let url, !url.hasPrefix("https://"), !url.hasPrefix("http://") {
            throw ValidationError("--url: expected https://HOST/ledger")
        }
    }

    func witnessPolicy() throws -> WitnessPolicy {
        guard let policy else {
            return WitnessPolicy(
                logs: try key.map { text in
                    do throws(NoteError) { return try NoteVerifierKey(text) } catch { throw Failure("--key: \(error)") }
                }
            )
        }
        guard let data = FileManager.default.contents(atPath: policy) else { throw Failure("\(policy) cannot be read") }
        let read: WitnessPolicy
        do throws(PolicyFileError) { read = try WitnessPolicy(Array(data)) } catch {
            throw Failure("\(policy): \(error)")
        }
        guard !read.logs.isEmpty else { throw Failure("\(policy) names no log") }
        return read
    }

    func source(_ clients: AuthorityClients) throws -> LogSource {
        if let data { return .directory(LedgerTiles(directory: try DataDirectory(path: data).existingLedger())) }
        var address = url ?? ""
        while address.hasSuffix("/") { address.removeLast() }
        let token = try tokenFile.map { path in
            guard let data = FileManager.default.contents(atPath: path),
                let text = String(validating: data, as: UTF8.self)
            else { throw Failure("\(path) cannot be read") }
            return text.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        return .address(clients.client(trusting: ca), url: address, token: token)
    }
}
