internal import AccessModel
internal import AuditLog
internal import Console
internal import GatewayKit
internal import Identity
internal import Synchronization

extension GatewayCore {
    var consolePorts: ConsolePorts {
        var ports = ConsolePorts(
            readiness: { [self] in readiness },
            metrics: { [self] in
                trafficMetrics + ledgerMetrics + exports.metrics + notifications.metrics
                    + (await witnesses?.metrics ?? [])
            },
            people: peoplePorts,
            board: boardPorts,
            changeSets: changeSetPorts,
            data: dataPorts,
            ledger: ledgerPorts,
            witness: witness?.endpoint
        )
        ports.metricsAccess = metricsAccess
        return ports
    }

    private var trafficMetrics: [MetricFamily] {
        func count(_ value: borrowing Atomic<Int>) -> Int { value.load(ordering: .relaxed) }
        return [
            .counter("connections_total", help: "Connections accepted.", count(counters.connections)),
            .gauge(
                "half_open_connections",
                help: "Connections without a verified token yet.",
                count(counters.halfOpen)
            ),
            .gauge("sessions", help: "Live sessions.", count(counters.sessions)),
            .counter("sessions_opened_total", help: "Sessions opened.", count(counters.sessionsTotal)),
            .counter(
                "sessions_refused_total",
                help: "Connections refused a session.",
                count(counters.refusedAuthentications)
            ),
            .counter("commands_total", help: "Commands recorded, allowed or not.", count(counters.commands)),
            .counter("commands_denied_total", help: "Commands refused by policy.", count(counters.denied)),
            .counter("commands_held_total", help: "Commands that waited for an approval.", count(counters.held)),
            .counter(
                "commands_unrecorded_total",
                help: "Commands refused because their record could not be written.",
                count(counters.unrecorded)
            ),
            .counter(
                "changes_unwitnessed_total",
                help: "Changes refused because no quorum of witnesses confirmed the ledger.",
                count(counters.unwitnessed)
            ),
            .counter(
                "protocol_violations_total",
                help: "Connections ended for breaking the protocol.",
                count(counters.protocolViolations)
            ),
            .counter("cancel_requests_total", help: "Cancel requests received.", count(counters.cancelRequests)),
            .counter("limit_closed_total", help: "Sessions ended by a limit of time.", count(counters.limitClosed)),
            .counter("client_bytes_total", help: "Bytes read from clients.", count(counters.bytesFromClients)),
            .counter("target_bytes_total", help: "Bytes read from targets.", count(counters.bytesFromTargets)),
        ]
    }

    private var ledgerMetrics: [MetricFamily] {
        let checkpoints = ledger.checkpointStatus
        let ledger = ledger.counters
        return [
            .gauge("ledger_records", help: "Records in the ledger.", ledger.size),
            .gauge("ledger_durable_records", help: "Records known to be on disk.", ledger.durable),
            .counter("ledger_appended_total", help: "Records appended by this process.", ledger.records),
            .counter("ledger_bytes_total", help: "Bytes of records appended by this process.", ledger.bytes),
            .counter("ledger_refused_total", help: "Records refused.", ledger.refused),
            .counter("ledger_syncs_total", help: "Syncs; each covers every record that waited.", ledger.syncs),
            .counter("ledger_sync_microseconds_total", help: "Time in syncs.", ledger.syncMicroseconds),
            .gauge("ledger_checkpoint_records", help: "Records below the published checkpoint.", checkpoints.size),
            .counter("ledger_checkpoints_total", help: "Checkpoints published.", checkpoints.published),
            .counter(
                "ledger_checkpoints_postponed_total",
                help: "Checkpoints that found no room on the disk.",
                checkpoints.postponed
            ),
            .counter(
                "ledger_checkpoint_microseconds_total",
                help: "Time in making checkpoints, witnesses not counted.",
                checkpoints.microseconds
            ),
        ]
    }
}
