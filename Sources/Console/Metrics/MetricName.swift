/// The name of a metric or of a label, in the alphabet of the exposition format: `[a-zA-Z_][a-zA-Z0-9_]*`.
///
/// Names are written in the source, never read from input, so they are static strings; what does not fit the alphabet is
/// replaced by `_` and cannot break the format.
package struct MetricName: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    package let description: String

    package init(stringLiteral value: StaticString) {
        var name = ""
        value.withUTF8Buffer { bytes in
            for (index, byte) in bytes.enumerated() {
                let isLetter = (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
                let isDigit = (0x30...0x39).contains(byte) && index > 0
                name.unicodeScalars.append(isLetter || isDigit ? Unicode.Scalar(byte) : "_")
            }
        }
        description = name
    }
}
