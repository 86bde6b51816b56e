/// One value of a metric, told apart from the others by its labels.
package struct MetricSample: Sendable {
    package struct Label: Hashable, Sendable {
        package var name: MetricName
        package var value: String

        package init(_ name: MetricName, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package var labels: [Label]
    package var value: Double

    package init(_ value: Double, labels: [Label] = []) {
        self.labels = labels
        self.value = value
    }

    package init(_ value: some BinaryInteger, labels: [Label] = []) {
        self.init(Double(value), labels: labels)
    }
}
