internal import Console
internal import Logging
internal import TransparencyLog
internal import Witnessing

/// A witness behind HTTP, with its log.
struct ServedWitness: Sendable {
    private let witness: CosigningWitness

    init(home: WitnessHome, logs: TrustedLogs, logger: Logger) throws {
        do throws(NoteError) {
            witness = try CosigningWitness(
                signer: home.signer,
                logs: logs,
                store: home.store,
                now: SystemClock.now,
                notice: { ServedWitness.log($0, to: logger) }
            )
        } catch {
            throw Failure("the witness's key cannot be used: \(error)")
        }
    }

    var key: NoteVerifierKey { witness.key }

    var endpoint: WitnessEndpoint {
        WitnessEndpoint(longest: AddCheckpointRequest.longest) { [witness] body in
            let answer = await witness.answer(body)
            return .init(status: answer.status, contentType: answer.contentType, body: answer.body)
        }
    }

    private static func log(_ notice: WitnessNotice, to logger: Logger) {
        switch notice {
        case .cosigned(let origin, let size):
            logger.info("cosigned", metadata: ["origin": "\(origin)", "size": "\(size)"])
        case .evidence(.fork, let origin, let size):
            logger.critical(
                "a log has two histories: see `ledger witness forks`",
                metadata: ["origin": "\(origin)", "size": "\(size)"]
            )
        case .evidence(.unproven, let origin, let size):
            logger.warning(
                "a checkpoint came without a proof that it extends the last one",
                metadata: ["origin": "\(origin)", "size": "\(size)"]
            )
        case .storeFailed(let origin, let cause):
            logger.error(
                "nothing was cosigned: the witness's memory cannot be written",
                metadata: ["origin": "\(origin)", "cause": "\(cause)"]
            )
        }
    }
}
