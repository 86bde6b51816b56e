internal import AccessModel
internal import Synchronization

/// How much happened lately: what the gateway's counters said every five seconds, for an hour.
final class TrafficSeries: Sendable {
    /// Counts since the gateway began.
    struct Totals: Hashable, Sendable {
        var commands = 0
        var denied = 0
        var held = 0

        static func - (left: Totals, right: Totals) -> Totals {
            Totals(
                commands: left.commands - right.commands,
                denied: left.denied - right.denied,
                held: left.held - right.held
            )
        }
    }

    /// What the overview shows.
    struct Reading: Sendable {
        var total: Totals
        var minute: Totals
        var hour: Totals
        /// One for each whole minute, the oldest first; `end` is the end of the last one.
        var minutes: [Totals]
        var end: Timestamp
    }

    static let step: Int64 = 5
    private static let minute = 60 / step
    private static let kept = 61 * minute

    /// In the order of time, a step apart: the first one is of the gateway's start.
    private let samples: Mutex<[(at: Timestamp, totals: Totals)]>

    init(began: Timestamp) {
        samples = Mutex([(began, Totals())])
    }

    /// Called every step or so.
    func sample(_ totals: Totals, at now: Timestamp) {
        samples.withLock { samples in
            samples.append((now, totals))
            if samples.count > Int(TrafficSeries.kept) + 128 {
                samples.removeFirst(samples.count - Int(TrafficSeries.kept))
            }
        }
    }

    func reading(_ totals: Totals, at now: Timestamp) -> Reading {
        samples.withLock { samples in
            func before(_ moment: Timestamp) -> Totals {
                (samples.last { $0.at <= moment } ?? samples.first)?.totals ?? totals
            }
            let seconds = now.seconds - now.seconds % 60
            let began = samples.first?.at ?? now
            let whole = max(0, min(60, (seconds - began.seconds) / 60))
            let edges = (0...whole).map { before(Timestamp(seconds: seconds - 60 * (whole - $0))) }
            return Reading(
                total: totals,
                minute: totals - before(Timestamp(seconds: now.seconds - 60)),
                hour: totals - before(Timestamp(seconds: now.seconds - 3600)),
                minutes: zip(edges.dropFirst(), edges).map { $0 - $1 },
                end: Timestamp(seconds: seconds)
            )
        }
    }
}
