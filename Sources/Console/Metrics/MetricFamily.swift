/// A metric with all its samples, as `/metrics` shows it: `countersign_` and its name, a line of help, its type.
package struct MetricFamily: Sendable {
    package enum Values: Sendable {
        /// Only grows; its name ends in `_total`.
        case counter([MetricSample])
        case gauge([MetricSample])
        case histogram([MetricHistogram])
    }

    /// Without the prefix: `commands_total`.
    package var name: MetricName
    package var help: String
    package var values: Values

    package init(_ name: MetricName, help: String, _ values: Values) {
        self.name = name
        self.help = help
        self.values = values
    }

    package static func counter(_ name: MetricName, help: String, _ value: some BinaryInteger) -> MetricFamily {
        MetricFamily(name, help: help, .counter([MetricSample(value)]))
    }

    package static func gauge(_ name: MetricName, help: String, _ value: some BinaryInteger) -> MetricFamily {
        MetricFamily(name, help: help, .gauge([MetricSample(value)]))
    }

    package static func gauge(_ name: MetricName, help: String, _ value: Double) -> MetricFamily {
        MetricFamily(name, help: help, .gauge([MetricSample(value)]))
    }
}
