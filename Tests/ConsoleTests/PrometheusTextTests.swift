import Testing

@testable import Console

@Suite("The Prometheus text")
struct PrometheusTextTests {
    @Test("A counter with labels has a line for each value")
    func counter() {
        let family = MetricFamily(
            "commands_total",
            help: "Commands by decision.",
            .counter([
                MetricSample(41, labels: [.init("decision", "allow")]),
                MetricSample(1, labels: [.init("decision", "deny"), .init("target", "orders-db")]),
            ])
        )
        #expect(
            PrometheusText([family]).text == """
                # HELP countersign_commands_total Commands by decision.
                # TYPE countersign_commands_total counter
                countersign_commands_total{decision="allow"} 41
                countersign_commands_total{decision="deny",target="orders-db"} 1

                """
        )
    }

    @Test("A histogram has its buckets, the one without bound, its sum and its count")
    func histogram() {
        let family = MetricFamily(
            "ledger_sync_seconds",
            help: "Time of one fdatasync.",
            .histogram([
                MetricHistogram(
                    labels: [.init("disk", "a")],
                    buckets: [.init(upTo: 0.001, count: 2), .init(upTo: 0.01, count: 5)],
                    count: 6,
                    sum: 0.25
                )
            ])
        )
        #expect(
            PrometheusText([family]).text == """
                # HELP countersign_ledger_sync_seconds Time of one fdatasync.
                # TYPE countersign_ledger_sync_seconds histogram
                countersign_ledger_sync_seconds_bucket{disk="a",le="0.001"} 2
                countersign_ledger_sync_seconds_bucket{disk="a",le="0.01"} 5
                countersign_ledger_sync_seconds_bucket{disk="a",le="+Inf"} 6
                countersign_ledger_sync_seconds_sum{disk="a"} 0.25
                countersign_ledger_sync_seconds_count{disk="a"} 6

                """
        )
    }

    @Test(
        "A label's value cannot end its line or its quotes",
        arguments: [
            ("a\"b", "a\\\"b"), ("a\nb", "a\\nb"), ("a\\b", "a\\\\b"), ("é", "é"),
            ("\"} 1\nevil 2", "\\\"} 1\\nevil 2"),
        ]
    )
    func escapes(value: String, written: String) {
        let family = MetricFamily("sessions", help: "a\nb", .gauge([MetricSample(1, labels: [.init("target", value)])]))
        let lines = PrometheusText([family]).text.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines.last == "countersign_sessions{target=\"\(written)\"} 1")
    }

    @Test(
        "Numbers are spelled as the format wants",
        arguments: [
            (0, "0"), (-3, "-3"), (1e15, "1000000000000000"), (0.5, "0.5"), (.infinity, "+Inf"), (-.infinity, "-Inf"),
            (.nan, "NaN"), (1e300, "1e+300"),
        ] as [(Double, String)]
    )
    func numbers(value: Double, written: String) {
        #expect(PrometheusText.number(value) == written)
    }

    @Test("A name outside the alphabet is brought into it")
    func names() {
        let name: MetricName = "9 lives-left"
        #expect(name.description == "__lives_left")
    }
}
