internal import Foundation
internal import PolicyEngine
internal import TransparencyLog
internal import Witnessing

extension ConfigurationResolver {
    /// The witnesses of a configuration with their keys, and whose cosignatures are enough. Throws one line.
    func witnesses(_ configuration: WitnessingConfiguration) throws -> ([LedgerWitness], WitnessPolicy) {
        let witnesses = try configuration.witnesses.map { witness in
            LedgerWitness(name: witness.name, key: try key(of: witness), url: witness.url)
        }
        for (position, witness) in witnesses.enumerated() {
            let isTwice = witnesses[..<position].contains { $0.key.publicKey == witness.key.publicKey }
            guard !isTwice else { throw Failure("ledger.witnesses.\(witness.name): another witness has this key") }
        }
        return (witnesses, try policy(configuration.quorum, witnesses))
    }

    private func key(of witness: WitnessingConfiguration.Witness) throws -> NoteVerifierKey {
        do throws(NoteError) {
            let key = try NoteVerifierKey(witness.key)
            guard key.algorithm == .cosignature else { throw .unsupportedKey(type: key.algorithm.rawValue) }
            return key
        } catch {
            throw Failure("ledger.witnesses.\(witness.name).key: \(error); `countersign ledger witness key` prints one")
        }
    }

    private func policy(_ quorum: WitnessingConfiguration.Quorum, _ witnesses: [LedgerWitness]) throws -> WitnessPolicy
    {
        switch quorum {
        case .all: return try policy(atLeast: witnesses.count, of: witnesses)
        case .count(let count): return try policy(atLeast: count, of: witnesses)
        case .policy(let file): return try policy(inFile: resolve(file), witnesses)
        }
    }

    /// As a policy file says it, so that there is one evaluation of quorums.
    private func policy(atLeast count: Int, of witnesses: [LedgerWitness]) throws -> WitnessPolicy {
        let names = witnesses.indices.map { "w\($0)" }
        let lines = zip(names, witnesses).map { "witness \($0) \($1.key.text)" }
        let group = "group enough \(count) \(names.joined(separator: " "))\nquorum enough\n"
        do throws(PolicyFileError) {
            return try WitnessPolicy(Array((lines.joined(separator: "\n") + "\n" + group).utf8))
        } catch {
            throw Failure("ledger.quorum: \(error)")
        }
    }

    private func policy(inFile path: String, _ witnesses: [LedgerWitness]) throws -> WitnessPolicy {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure("ledger.quorum.policy: \(path) cannot be read")
        }
        let policy: WitnessPolicy
        do throws(PolicyFileError) {
            policy = try WitnessPolicy(Array(data))
        } catch {
            throw Failure("ledger.quorum.policy: \(path): \(error)")
        }
        let keys = Set(witnesses.map(\.key))
        guard let stranger = policy.witnesses.first(where: { !keys.contains($0.key) }) else {
            // A quorum that nobody is needed for would call everything witnessed.
            guard !policy.isMet(by: []) else { throw Failure("ledger.quorum.policy: \(path) asks for no witness") }
            guard policy.isMet(by: keys) else {
                throw Failure("ledger.quorum.policy: \(path): there are too few witnesses")
            }
            return policy
        }
        throw Failure("ledger.quorum.policy: \(path) names \(stranger.key.name), which is not in ledger.witnesses")
    }

    /// The logs that this gateway witnesses.
    func witnessedLogs(_ configuration: WitnessingConfiguration, origin: String) throws -> TrustedLogs? {
        guard !configuration.witnessFor.isEmpty else { return nil }
        let logs = try TrustedLogs(verifierKeys: configuration.witnessFor.map(\.key))
        guard logs.keys(of: origin) == nil else {
            throw Failure("ledger.witness_for: \(origin) is this gateway's own ledger: nobody is his own witness")
        }
        return logs
    }
}
