/// How many values of one kind were found in what a command returned, and what was done with them.
package struct DetectedKind: Hashable, Sendable {
    package var kind: SensitiveKind
    package var response: DetectorResponse
    package var count: UInt64

    package init(kind: SensitiveKind, response: DetectorResponse, count: UInt64) {
        self.kind = kind
        self.response = response
        self.count = count
    }
}
