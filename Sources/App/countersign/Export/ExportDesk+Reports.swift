internal import AccessModel
internal import Console
internal import PolicyEngine

extension ExportDesk {
    /// One object a destination: `{"name":…,"format":…,"to":…,"connected":true,"next":…,"settled":…,"lag_records":…,…}`.
    var report: [JSONBytes] {
        list.map { worker in
            let values = worker.status.values
            let lag = lag(of: worker)
            var json = JSONBytes()
            json.appendRaw("{")
            json.member("name")
            json.append(kind == .export ? worker.plan.name : "notifications/\(worker.plan.name)")
            json.member("format")
            json.append(worker.plan.format)
            json.member("to")
            json.append(worker.plan.address)
            json.member("connected")
            json.append(values.isConnected)
            json.member("next")
            json.append(values.next)
            json.member("settled")
            json.append(values.settled)
            json.member("lag_records")
            json.append(lag.records)
            json.member("lag_seconds")
            json.append(UInt64(lag.seconds))
            json.member("events")
            json.append(values.events)
            json.member("bytes")
            json.append(values.bytes)
            json.member("failures")
            json.append(values.failures)
            json.member("given_up")
            json.append(values.givenUp)
            json.member("last_error")
            json.append(values.lastError)
            json.member("last_error_time")
            json.append(values.lastErrorTime?.description)
            json.appendRaw("}")
            return json
        }
    }

    /// What does not go out now, for `/readyz`.
    var warnings: [Readiness.Part] {
        list.compactMap { worker in
            let values = worker.status.values
            guard kind == .notification, values.isFailing, let error = values.lastError else { return nil }
            return Readiness.Part("notification \(worker.plan.name)", failing: error)
        }
    }

    var metrics: [MetricFamily] {
        switch kind {
        case .export: exportMetrics
        case .notification: notificationMetrics
        }
    }

    private var notificationMetrics: [MetricFamily] {
        let workers = list
        guard !workers.isEmpty else { return [] }
        func samples(_ value: (ExportWorker) -> Double) -> [MetricSample] {
            workers.map { MetricSample(value($0), labels: [.init("notification", $0.plan.name)]) }
        }
        return [
            MetricFamily(
                "notification_lag_seconds",
                help: "How long the oldest record waits to be looked at for a notification.",
                .gauge(samples { lag(of: $0).seconds })
            ),
            MetricFamily(
                "notifications_total",
                help: "Notifications delivered or given up, repeats included.",
                .counter(samples { Double($0.status.values.events) })
            ),
            MetricFamily(
                "notification_failures_total",
                help: "Attempts to deliver, or to keep the cursor, that failed.",
                .counter(samples { Double($0.status.values.failures) })
            ),
            MetricFamily(
                "notifications_given_up_total",
                help: "Notifications that their receiver refused, and that are not tried again.",
                .counter(samples { Double($0.status.values.givenUp) })
            ),
        ]
    }

    private var exportMetrics: [MetricFamily] {
        let workers = list
        guard !workers.isEmpty else { return [] }
        func samples(_ value: (ExportWorker) -> Double) -> [MetricSample] {
            workers.map { MetricSample(value($0), labels: [.init("export", $0.plan.name)]) }
        }
        return [
            MetricFamily(
                "export_connected",
                help: "Whether the destination is connected.",
                .gauge(samples { $0.status.values.isConnected ? 1 : 0 })
            ),
            MetricFamily(
                "export_lag_records",
                help: "Records on disk that were not sent yet.",
                .gauge(samples { Double(lag(of: $0).records) })
            ),
            MetricFamily(
                "export_lag_seconds",
                help: "How long the oldest record waits to be sent.",
                .gauge(samples { lag(of: $0).seconds })
            ),
            MetricFamily(
                "export_events_total",
                help: "Events sent, repeats included.",
                .counter(samples { Double($0.status.values.events) })
            ),
            MetricFamily(
                "export_bytes_total",
                help: "Bytes of events sent.",
                .counter(samples { Double($0.status.values.bytes) })
            ),
            MetricFamily(
                "export_failures_total",
                help: "Attempts to send, or to keep the cursor, that failed.",
                .counter(samples { Double($0.status.values.failures) })
            ),
        ]
    }
}
