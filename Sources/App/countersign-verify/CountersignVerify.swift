internal import ArgumentParser
internal import Evidence
internal import Foundation
internal import TransparencyLog

/// The auditor's program: a bundle, a key, and nothing else.
@main
struct CountersignVerify: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "countersign-verify",
        abstract: "Verify a bundle of evidence with the log's public key, offline.",
        discussion: """
            Needs no network, no configuration and no gateway. Exit 0 when everything in the bundle is proven; 1 when \
            anything is not, with the reason; 2 when it was called wrongly. A bundle is believed whole or not at all.

            Get the key from the gateway's operator by another way than the bundle (`countersign ledger key`).

            Example:  countersign-verify change.countersign --key ledger.vkey
            Example:  countersign-verify march.countersign --key ledger.vkey --witness-policy witnesses.txt \
            --checkpoint february.checkpoint
            """,
        version: Release.version
    )

    @Argument(help: ArgumentHelp("The bundle: NAME.countersign.", valueName: "bundle"))
    var bundle: String

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The log's verifier key (NAME+ID+KEY), or a file with one a line. May be given again for another key.",
            valueName: "vkey|file"
        )
    )
    var key: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp("Whose cosignatures are asked for, as a tlog-policy file.", valueName: "file")
    )
    var witnessPolicy: String?

    @Option(
        name: .long,
        help: ArgumentHelp("A checkpoint kept from before: the bundle's log must extend it.", valueName: "file")
    )
    var checkpoint: String?

    @Option(
        name: .long,
        help: ArgumentHelp("The entry's bytes, where the bundle is a C2SP tlog-proof of one entry.", valueName: "file")
    )
    var record: String?

    @Option(
        name: .long,
        help: ArgumentHelp("Print the verified proof of one entry as a C2SP tlog-proof.", valueName: "index")
    )
    var tlogProof: UInt64?

    @Flag(name: .long, help: "Tell every record, not the first 20.")
    var all = false

    @Flag(name: .long, help: "One JSON object a line: the verdict, then the records.")
    var json = false

    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            leave(after: error)
        }
    }

    func run() throws {
        let verifier = try verifier()
        do {
            let file = try InputFile.read(bundle, longest: EvidenceBundle.longestFile)
            guard !SingleProof.isOne(file) else { return try verifySingle(file, by: verifier.policy) }
            let report = try verifier.verify(file)
            if let tlogProof { return try print(proofOf: tlogProof, in: report) }
            try Console.write(json ? VerdictJSON.lines(report) : Array(VerdictText.text(report, all: all).utf8))
        } catch let error as BundleError {
            try refuse("\(error)")
        } catch let error as InputFile.Unreadable {
            guard !error.isMissing else { throw ValidationError("\(error)") }
            try refuse("\(error)")
        }
    }

    private func verifySingle(_ file: [UInt8], by policy: WitnessPolicy) throws {
        guard let record, checkpoint == nil, tlogProof == nil else {
            throw ValidationError("a tlog-proof goes with --record FILE, and without --checkpoint and --tlog-proof")
        }
        let entry = try InputFile.read(record, longest: SingleProof.longestEntry)
        let proven = try SingleProof.verify(file, entry: entry, policy: policy)
        try Console.write(json ? VerdictJSON.single(proven) : Array(VerdictText.text(proven).utf8))
    }

    /// Keys given are the ones trusted; without any, the policy's logs are.
    private func verifier() throws -> EvidenceVerifier {
        var policy = try witnessPolicy.map { try TrustFiles.policy($0) } ?? WitnessPolicy(logs: [])
        let keys = try key.flatMap { try TrustFiles.keys($0) }
        if !keys.isEmpty { policy.logs = WitnessPolicy(logs: keys).logs }
        guard !policy.logs.isEmpty else {
            throw ValidationError("give the log's key: --key KEY, or a --witness-policy with a log line")
        }
        let older = try checkpoint.map { path in
            do {
                return try InputFile.read(path, longest: SignedNote.longest)
            } catch {
                throw ValidationError("--checkpoint: \(error)")
            }
        }
        return EvidenceVerifier(policy: policy, older: older)
    }

    private func print(proofOf index: UInt64, in report: EvidenceReport) throws {
        guard let proof = try? report.bundle.tlogProof(of: index) else {
            throw ValidationError("the bundle has no entry \(index)")
        }
        try Console.write(proof.bytes)
    }

    private func refuse(_ what: String) throws -> Never {
        if json { try Console.write(VerdictJSON.refusal(what)) }
        Console.complain("NOT VERIFIED: \(what)")
        throw ExitCode(1)
    }

    private static func leave(after error: any Error) -> Never {
        let code = exitCode(for: error)
        if code == .success { exit(withError: error) }
        if let code = error as? ExitCode { exit(withError: code) }
        if code == .validationFailure {
            Console.complain(fullMessage(for: error))
            exit(withError: ExitCode(2))
        }
        Console.complain("countersign-verify: \(message(for: error))")
        exit(withError: ExitCode(1))
    }
}
