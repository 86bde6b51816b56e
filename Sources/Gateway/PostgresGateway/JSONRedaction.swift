internal import AccessModel
internal import Masking

/// Takes findings out of JSON so that it stays JSON: what stands in the place of a number is a string.
enum JSONRedaction {
    static func redact(_ findings: [Finding], in value: UnsafeRawBufferPointer) -> [UInt8] {
        var redacted: [UInt8] = []
        redacted.reserveCapacity(value.count + 32)
        var index = 0
        var isInString = false
        for finding in findings {
            while index < finding.range.lowerBound {
                let byte = value[index]
                if byte == 0x22 { isInString.toggle() }
                redacted.append(byte)
                index += 1
                if byte == 0x5C, index < finding.range.lowerBound {
                    redacted.append(value[index])
                    index += 1
                }
            }
            let name = "[redacted: \(finding.kind.rawValue)]"
            redacted.append(contentsOf: (isInString ? name : "\"\(name)\"").utf8)
            index = finding.range.upperBound
        }
        redacted.append(contentsOf: value[index...])
        return redacted
    }
}
