internal import AuditLog
internal import Logging
internal import PolicyEngine
internal import Witnessing

extension GatewayCore {
    /// The witness that this gateway is for others, in `DATA/witness`; nil where `witness_for` names nobody.
    static func openWitness(
        _ ledger: LedgerConfiguration,
        resolver: ConfigurationResolver,
        data: String,
        logger: Logger
    ) throws -> ServedWitness? {
        guard let logs = try resolver.witnessedLogs(ledger.witnessing, origin: ledger.origin) else { return nil }
        let home = try WitnessHome(folder: "\(data)/witness", name: "\(ledger.origin)/witness")
        let witness = try ServedWitness(home: home, logs: logs, logger: logger)
        logger.notice(
            "witnessing",
            metadata: ["key": "\(witness.key)", "logs": "\(logs.origins.joined(separator: " "))"]
        )
        return witness
    }

    /// After this the ledger is complete, and nobody is asked any more.
    func close() async {
        await archive.shutdown()
        await exports.stop()
        await notifications.stop()
        ledger.close()
        await witnesses?.shutdown()
        await fetcher.shutdown()
    }
}
