import Foundation

/// The site of an issuer: its discovery document and its keys, over HTTPS on the loopback address.
struct IssuerSite: Sendable {
    let issuer: TestIssuer
    private let folder: URL
    private let port: Int
    private let process: ChildProcess

    /// A site that does not run yet has a URL already: the issuer signs it into its tokens.
    static func start(_ pair: TestPKI.Pair) async throws -> IssuerSite {
        let folder = try Leash.makeFolder("issuer-site")
        let port = try Machine.freePort()
        let issuer = try TestIssuer(url: "https://localhost:\(port)", in: folder)
        let discovery: JSONValue = [
            "issuer": .string(issuer.url), "jwks_uri": .string(issuer.url + "/keys"),
            "id_token_signing_alg_values_supported": ["RS256"], "response_types_supported": ["id_token"],
            "subject_types_supported": ["public"],
        ]
        try discovery.compact.write(to: folder.appending(path: "discovery.json"))
        let log = folder.appending(path: "output.log")
        let arguments = ["\(port)", pair.certificate, pair.key, folder.path(percentEncoded: false)]
        let process = try ChildProcess(Machine.python, [Machine.client("issuer_server.py")] + arguments, log: log)
        try await Deadline.patient.wait("the issuer's site to listen") {
            if let status = process.exitStatus { throw HarnessError("it ended with \(status): \(process.logText)") }
            return process.logText.contains("listening") ? true : nil
        }
        return IssuerSite(issuer: issuer, folder: folder, port: port, process: process)
    }

    /// Takes the keys back and publishes new ones; gives who signs with them.
    func rotate() throws -> TestIssuer {
        try TestIssuer(url: issuer.url, keyPrefix: "next", in: folder)
    }

    /// When, in seconds of a clock of its own, its keys were asked for.
    func keyRequests() throws -> [Double] {
        let log = (try? String(contentsOf: folder.appending(path: "requests.log"), encoding: .utf8)) ?? ""
        return log.split(separator: "\n").filter { $0.hasSuffix(" /keys") }
            .compactMap { $0.split(separator: " ").first.flatMap { Double($0) } }
    }

    func stop() async throws {
        try await process.stop(SIGKILL)
    }
}
