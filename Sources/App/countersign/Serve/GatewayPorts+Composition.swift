internal import AccessModel
internal import Approvals
internal import AuditLog
internal import GatewayKit
internal import PolicyEngine
internal import Synchronization

extension GatewayPorts {
    /// What a gateway may ask, answered by the policy in force and the ledger.
    init(
        desk: AdmissionDesk,
        policy: PolicyInForce,
        ledger: Ledger,
        approvals: ApprovalDesk,
        witnesses: LedgerWitnesses?,
        counters: GatewayCounters
    ) {
        self.init(
            now: SystemClock.now,
            admit: { await desk.admit($0) },
            masks: { roles, target, now, catalog in
                policy.current.policy.masks(roles: roles, target: target, at: now, catalog: catalog).relations
            },
            decide: { roles, target, effects, now in
                let current = policy.current.policy
                let request = AccessRequest(roles: roles, target: target, effects: effects, at: now, servesMasks: true)
                return PolicyAnswer(
                    decision: current.decide(request),
                    validUntil: current.validUntil(roles: roles, at: now) ?? now
                )
            },
            policyEpoch: { policy.epoch },
            record: { draft in
                do throws(LedgerError) {
                    return .success(try ledger.append(draft))
                } catch {
                    return .failure(RecordRefusal(cause: "\(error)"))
                }
            },
            sequence: { draft in
                do throws(LedgerError) {
                    return .success(try ledger.sequence(draft))
                } catch {
                    return .failure(RecordRefusal(cause: "\(error)"))
                }
            },
            writeRecords: {
                do throws(LedgerError) {
                    return .success(try ledger.write())
                } catch {
                    return .failure(RecordRefusal(cause: "\(error)"))
                }
            },
            recordOutcome: { draft in
                do throws(LedgerError) {
                    return .success(try ledger.appendOutcome(draft))
                } catch {
                    return .failure(RecordRefusal(cause: "\(error)"))
                }
            },
            whenDurable: { index, done in
                ledger.whenDurable(index) { result in
                    done(result.mapError { RecordRefusal(cause: "\($0)") })
                }
            },
            changeRefusal: { witnesses?.changeRefusal },
            storeBlob: { bytes in
                do throws(LedgerError) {
                    return .success(try ledger.storeBlob(bytes))
                } catch {
                    return .failure(RecordRefusal(cause: "\(error)"))
                }
            },
            mayHold: { roles, target in policy.current.policy.mayHold(roles: roles, target: target) },
            hold: { command, terms, answer in
                do throws(ApprovalRefusal) {
                    let ticket = try approvals.hold(command, terms: terms, answer: answer)
                    counters.held.add(1, ordering: .relaxed)
                    return .success(ticket)
                } catch {
                    return .failure(HoldRefusal(reason: "\(error)", isLedger: error == .notRecorded))
                }
            },
            withdraw: { approvals.withdraw($0, $1) }
        )
    }
}
