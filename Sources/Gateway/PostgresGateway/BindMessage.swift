internal import AccessModel
internal import NIOCore
internal import PostgresWire
internal import StatementAnalysis

/// A Bind message, read in place.
struct BindMessage {
    let portal: String
    let statement: String
    private let body: ByteBuffer
    private let layout: BindLayout

    init(body: ByteBuffer) throws(FrameError) {
        let read = body.withUnsafeReadableBytes { raw -> (BindLayout, portal: String, statement: String)? in
            guard let layout = BindLayout(raw), let portal = BindMessage.name(raw, layout.portal),
                let statement = BindMessage.name(raw, layout.statement)
            else { return nil }
            return (layout, portal, statement)
        }
        guard let read else { throw FrameError(code: .malformed, type: FrontendKind.bind.rawValue) }
        (layout, portal, statement) = read
        self.body = body
    }

    private static func name(_ raw: UnsafeRawBufferPointer, _ range: Range<Int>) -> String? {
        guard !range.isEmpty else { return "" }
        let bytes = UnsafeRawBufferPointer(rebasing: raw[range])
        // Names are ASCII nearly always, which is UTF-8 at a look.
        guard bytes.contains(where: { $0 >= 0x80 }) else { return String(decoding: bytes, as: UTF8.self) }
        return String(validating: bytes, as: UTF8.self)
    }

    /// The parameters as a record shows them: text as it is, null, common binary types decoded, other binary as
    /// `\x` and hexadecimal.
    func appendParameters(to json: inout JSONBytes, types: [UInt32], isHidden: Bool = false) {
        guard layout.values.count > 0 else { return json.appendRaw("[]") }
        body.withUnsafeReadableBytes { raw in
            var position = layout.values.start
            json.appendRaw(byte: 0x5B)
            for parameter in 0..<layout.values.count {
                if parameter > 0 { json.appendRaw(byte: 0x2C) }
                let length = BindLayout.length(raw, position) ?? -1
                position += 4
                if length < 0 {
                    json.appendNull()
                } else if isHidden {
                    json.append(RedactedText.parameter)
                } else {
                    append(parameter, position..<position + length, raw, types, to: &json)
                }
                position += max(0, length)
            }
            json.appendRaw(byte: 0x5D)
        }
    }

    private func append(
        _ parameter: Int,
        _ range: Range<Int>,
        _ raw: UnsafeRawBufferPointer,
        _ types: [UInt32],
        to json: inout JSONBytes
    ) {
        guard layout.format(of: parameter, raw) == 1 else {
            return json.appendString(utf8: UnsafeRawBufferPointer(rebasing: raw[range]).bindMemory(to: UInt8.self))
        }
        guard let value = body.getSlice(at: body.readerIndex + range.lowerBound, length: range.count) else { return }
        let type = parameter < types.count ? types[parameter] : 0
        ParameterText.append(value, type: type, to: &json)
    }
}
