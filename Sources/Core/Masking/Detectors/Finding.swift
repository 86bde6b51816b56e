/// A piece of a value that a detector knows.
package struct Finding: Hashable, Sendable {
    package var kind: Detector
    /// Offsets in bytes.
    package var range: Range<Int>

    package init(kind: Detector, range: Range<Int>) {
        self.kind = kind
        self.range = range
    }

    /// The value with each finding replaced by its name: `[redacted: card]`. `findings` are in order, as `DetectorSet`
    /// gives them.
    package static func redact(_ findings: [Finding], in value: UnsafeRawBufferPointer) -> [UInt8] {
        var redacted: [UInt8] = []
        redacted.reserveCapacity(value.count + 32)
        var index = 0
        for finding in findings {
            redacted.append(contentsOf: value[index..<finding.range.lowerBound])
            redacted.append(contentsOf: "[redacted: \(finding.kind.rawValue)]".utf8)
            index = finding.range.upperBound
        }
        redacted.append(contentsOf: value[index...])
        return redacted
    }
}
