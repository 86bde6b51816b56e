/// Writes metrics in the Prometheus text exposition format 0.0.4: `# HELP`, `# TYPE`, then a line a sample.
struct PrometheusText: Sendable {
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"
    private static let prefix = "countersign_"

    private(set) var text = ""

    init(_ families: [MetricFamily]) {
        for family in families { append(family) }
    }

    private mutating func append(_ family: MetricFamily) {
        let name = PrometheusText.prefix + family.name.description
        text += "# HELP \(name) \(PrometheusText.escaped(family.help, quotes: false))\n"
        switch family.values {
        case .counter(let samples):
            text += "# TYPE \(name) counter\n"
            for sample in samples { appendLine(name, sample.labels, sample.value) }
        case .gauge(let samples):
            text += "# TYPE \(name) gauge\n"
            for sample in samples { appendLine(name, sample.labels, sample.value) }
        case .histogram(let histograms):
            text += "# TYPE \(name) histogram\n"
            for histogram in histograms { append(histogram, name) }
        }
    }

    private mutating func append(_ histogram: MetricHistogram, _ name: String) {
        for bucket in histogram.buckets {
            let bound = MetricSample.Label("le", PrometheusText.number(bucket.bound))
            appendLine(name + "_bucket", histogram.labels + [bound], Double(bucket.count))
        }
        appendLine(name + "_bucket", histogram.labels + [.init("le", "+Inf")], Double(histogram.count))
        appendLine(name + "_sum", histogram.labels, histogram.sum)
        appendLine(name + "_count", histogram.labels, Double(histogram.count))
    }

    private mutating func appendLine(_ name: String, _ labels: [MetricSample.Label], _ value: Double) {
        text += name
        if !labels.isEmpty {
            let pairs = labels.map { "\($0.name)=\"\(PrometheusText.escaped($0.value, quotes: true))\"" }
            text += "{\(pairs.joined(separator: ","))}"
        }
        text += " \(PrometheusText.number(value))\n"
    }

    /// Whole numbers without a fraction; `NaN`, `+Inf`, `-Inf` as the format spells them.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        return Int64(exactly: value).map { String($0) } ?? "\(value)"
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\"" where quotes: escaped += "\\\""
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
