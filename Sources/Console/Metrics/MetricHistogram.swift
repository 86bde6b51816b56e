/// A distribution with fixed bounds: how many observations were at most each bound, all of them, and their sum.
package struct MetricHistogram: Sendable {
    package struct Bucket: Sendable {
        /// The upper bound, itself included, in the unit of the metric's name.
        package var bound: Double
        /// Observations at or below the bound: cumulative.
        package var count: UInt64

        package init(upTo bound: Double, count: UInt64) {
            self.bound = bound
            self.count = count
        }
    }

    package var labels: [MetricSample.Label]
    /// In ascending order of their bounds; the bucket `+Inf` is `count` and is not listed.
    package var buckets: [Bucket]
    package var count: UInt64
    package var sum: Double

    package init(labels: [MetricSample.Label] = [], buckets: [Bucket], count: UInt64, sum: Double) {
        self.labels = labels
        self.buckets = buckets
        self.count = count
        self.sum = sum
    }
}
