internal import AccessModel
internal import Approvals
internal import AuditLog
internal import Console
internal import GatewayKit
internal import Logging
internal import PolicyEngine
internal import PostgresGateway
internal import Synchronization
internal import Witnessing

extension GatewayCore {
    /// What the console and the API show of this gateway.
    var dataPorts: DataPorts {
        let record: @Sendable (RecordDraft) -> Bool = { [ledger, logger] draft in
            do throws(LedgerError) {
                _ = try ledger.append(draft)
                return true
            } catch {
                logger.error("a person's act could not be recorded", metadata: ["cause": "\(error)"])
                return false
            }
        }
        let sessions = SessionDesk(live: live, archive: archive, record: record)
        let roles = RoleDesk(
            policy: policy,
            live: live,
            archive: archive,
            sessions: sessions,
            file: configurationFile
        )
        let explain = ExplainDesk(
            policy: policy,
            resolver: ConfigurationResolver(path: configurationFile),
            archive: archive,
            catalogs: shared.catalogs
        )
        return DataPorts(
            audit: archive.ports(taken: record),
            sessions: sessions.ports,
            roles: roles.ports,
            status: StatusPorts { [self] in overview },
            explain: explain.ports
        )
    }

    // MARK: Traffic

    /// Called every few seconds.
    func noteTraffic() {
        traffic.sample(totals, at: SystemClock.now())
    }

    private var totals: TrafficSeries.Totals {
        TrafficSeries.Totals(
            commands: counters.commands.load(ordering: .relaxed),
            denied: counters.denied.load(ordering: .relaxed),
            held: counters.held.load(ordering: .relaxed)
        )
    }

    // MARK: Overview

    /// As `StatusPorts.status` says.
    private var overview: JSONBytes {
        let now = SystemClock.now()
        var json = JSONBytes(reserving: 4096)
        json.appendRaw("{")
        json.member("version")
        json.append(Version.current)
        json.member("origin")
        json.append(origin)
        json.member("policy")
        json.append(policy.current.policy.id)
        json.member("started")
        json.append(started.description)
        json.member("now")
        json.append(now.description)
        appendSessions(&json)
        appendTraffic(&json, now)
        appendLedger(&json, now)
        appendWitnesses(&json)
        json.member("exports")
        json.appendList(exports.list) { worker, json in append(worker, &json) }
        json.member("readiness")
        json.append(readiness)
        json.appendRaw("}")
        return json
    }

    private func appendSessions(_ json: inout JSONBytes) {
        json.member("sessions")
        json.appendRaw("{")
        json.member("live")
        json.append(Int64(live.count))
        json.member("opened")
        json.append(Int64(counters.sessionsTotal.load(ordering: .relaxed)))
        json.member("refused")
        json.append(Int64(counters.refusedAuthentications.load(ordering: .relaxed)))
        json.appendRaw("}")
    }

    private func appendTraffic(_ json: inout JSONBytes, _ now: Timestamp) {
        let reading = traffic.reading(totals, at: now)
        func counts(_ value: (TrafficSeries.Totals) -> Int, _ json: inout JSONBytes) {
            json.member("minute")
            json.append(Int64(value(reading.minute)))
            json.member("hour")
            json.append(Int64(value(reading.hour)))
            json.member("total")
            json.append(Int64(value(reading.total)))
        }
        json.member("commands")
        json.appendRaw("{")
        counts(\.commands, &json)
        json.appendRaw("}")
        json.member("denied")
        json.appendRaw("{")
        counts(\.denied, &json)
        json.appendRaw("}")
        json.member("held")
        json.appendRaw("{")
        counts(\.held, &json)
        json.member("waiting")
        json.append(Int64(approvals.waiting.count))
        json.appendRaw("}")
        json.member("series")
        json.appendRaw("{")
        json.member("step_s")
        json.append(Int64(60))
        json.member("end")
        json.append(reading.end.description)
        json.member("commands")
        json.appendList(reading.minutes) { $1.append(Int64($0.commands)) }
        json.member("denied")
        json.appendList(reading.minutes) { $1.append(Int64($0.denied)) }
        json.member("held")
        json.appendList(reading.minutes) { $1.append(Int64($0.held)) }
        json.appendRaw("}")
    }

    private func appendLedger(_ json: inout JSONBytes, _ now: Timestamp) {
        let (counters, checkpoint) = (ledger.counters, ledger.checkpointStatus)
        json.member("ledger")
        json.appendRaw("{")
        json.member("state")
        switch ledger.state {
        case .accepting: json.append("accepting")
        case .full: json.append("full")
        case .failed: json.append("failed")
        case .closed: json.append("closed")
        }
        json.member("records")
        json.append(counters.size)
        json.member("durable")
        json.append(counters.durable)
        json.member("checkpoint")
        json.appendRaw("{")
        json.member("records")
        json.append(checkpoint.size)
        json.member("time")
        json.append(checkpoint.time?.description)
        json.member("age_s")
        json.append(checkpoint.time.map { UInt64(clamping: now.seconds - $0.seconds) })
        json.appendRaw("}}")
    }

    private func appendWitnesses(_ json: inout JSONBytes) {
        json.member("witnesses")
        guard let witnesses else { return json.appendNull() }
        let reading = witnesses.watch.reading
        json.appendRaw("{")
        json.member("configured")
        json.append(witnesses.collector.witnesses.map(\.name))
        json.member("witnessed")
        json.append(reading.witnessed)
        json.member("waiting_s")
        json.append(reading.waiting.map { UInt64(clamping: $0.components.seconds) })
        json.member("changes_refused")
        json.append(reading.refusesChanges)
        json.member("failing")
        let conflicts = witnesses.conflicting.mapValues { "\($0)" }
        let failing = witnesses.failing.merging(conflicts) { $1 }
        json.appendList(failing.sorted { $0.key < $1.key }) { failure, json in
            json.appendRaw("{")
            json.member("name")
            json.append(failure.key)
            json.member("reason")
            json.append(failure.value)
            json.appendRaw("}")
        }
        json.appendRaw("}")
    }

    private func append(_ worker: ExportWorker, _ json: inout JSONBytes) {
        let (values, lag) = (worker.status.values, exports.lag(of: worker))
        json.appendRaw("{")
        json.member("name")
        json.append(worker.plan.name)
        json.member("format")
        json.append(worker.plan.format)
        json.member("connected")
        json.append(values.isConnected)
        json.member("lag_records")
        json.append(lag.records)
        json.member("lag_s")
        json.append(UInt64(lag.seconds))
        json.member("last_error")
        json.append(values.lastError)
        json.appendRaw("}")
    }
}
