internal import AccessModel
internal import Console
internal import Foundation
internal import Witnessing

extension LedgerWitnesses {
    /// What `/readyz` says of the witnesses: the gateway stays in service, for reads do.
    var warnings: [Readiness.Part] {
        var warnings: [Readiness.Part] = []
        let reading = watch.reading
        if reading.isLost || reading.refusesChanges {
            let waiting = reading.waiting?.components.seconds ?? 0
            let names = failing.map { "\($0.key): \($0.value)" }.sorted().joined(separator: ", ")
            let what = reading.refusesChanges ? "changes are refused" : "work goes on"
            warnings.append(
                .init("witnesses", failing: "no quorum for \(waiting)s, \(what)\(names.isEmpty ? "" : " (\(names))")")
            )
        }
        for (name, failure) in conflicting.sorted(by: { $0.key < $1.key }) {
            warnings.append(.init("witness \(name)", failing: "\(failure)"))
        }
        return warnings
    }

    var metrics: [MetricFamily] {
        get async {
            let (standings, reading) = (await collector.standing, watch.reading)
            let now = UInt64(clamping: SystemClock.now().microseconds / 1_000_000)
            func samples(_ value: (WitnessStanding) -> Double?) -> [MetricSample] {
                collector.witnesses.compactMap { witness in
                    value(standings[witness.name] ?? WitnessStanding()).map {
                        MetricSample($0, labels: [.init("witness", witness.name)])
                    }
                }
            }
            let failed = collector.witnesses.flatMap { witness in
                (standings[witness.name]?.failures ?? [:]).sorted { $0.key < $1.key }.map { label, count in
                    MetricSample(count, labels: [.init("witness", witness.name), .init("reason", label)])
                }
            }
            return [
                .gauge("ledger_witnessed_records", help: "Records under a quorum of witnesses.", reading.witnessed),
                .gauge(
                    "ledger_unwitnessed_seconds",
                    help: "How long records have waited for a quorum of witnesses.",
                    reading.waiting?.components.seconds ?? 0
                ),
                .gauge(
                    "ledger_quorum_age_seconds",
                    help: "Since a quorum of witnesses last cosigned; -1 before the first.",
                    reading.age?.components.seconds ?? -1
                ),
                .gauge(
                    "ledger_changes_refused",
                    help: "1 while changes are refused for want of witnesses.",
                    reading.refusesChanges ? 1 : 0
                ),
                MetricFamily(
                    "witness_cosignatures_total",
                    help: "Cosignatures by a witness.",
                    .counter(samples { Double($0.cosignatures) })
                ),
                MetricFamily("witness_failures_total", help: "Questions without a cosignature.", .counter(failed)),
                MetricFamily(
                    "witness_cosigned_records",
                    help: "Records under the witness's last cosignature.",
                    .gauge(samples { Double($0.cosignedSize ?? 0) })
                ),
                MetricFamily(
                    "witness_cosignature_age_seconds",
                    help: "Since the witness last cosigned.",
                    .gauge(samples { $0.cosignedAt.map { Double(now) - Double($0) } })
                ),
            ]
        }
    }
}
