internal import AccessModel
internal import NIOCore
internal import PostgresWire
internal import StatementAnalysis

/// A Bind message, read in place. PostgreSQL manual, Message Formats, Bind.
struct BindMessage {
    var portal: String
    var statement: String
    private var formats: [Int16]
    private var values: ByteBuffer
    private var count: Int

    init(body: ByteBuffer) throws(FrameError) {
        var body = body
        let malformed = FrameError(code: .malformed, type: FrontendKind.bind.rawValue)
        guard let portal = body.readName(),
            let statement = body.readName(),
            let formatCount = body.readInteger(as: UInt16.self)
        else { throw malformed }
        self.portal = portal
        self.statement = statement
        formats = []
        for _ in 0..<formatCount {
            guard let format = body.readInteger(as: Int16.self), format == 0 || format == 1 else { throw malformed }
            formats.append(format)
        }
        guard let count = body.readInteger(as: UInt16.self), formats.count <= 1 || formats.count == Int(count) else {
            throw malformed
        }
        self.count = Int(count)
        values = body
        try check(&body, malformed)
    }

    /// The values, and the formats of the results, fill the message exactly.
    private func check(_ body: inout ByteBuffer, _ malformed: FrameError) throws(FrameError) {
        for _ in 0..<count {
            guard let length = body.readInteger(as: Int32.self), length >= -1 else { throw malformed }
            guard length > 0 else { continue }
            guard body.readableBytes >= Int(length) else { throw malformed }
            body.moveReaderIndex(forwardBy: Int(length))
        }
        guard let results = body.readInteger(as: UInt16.self), body.readableBytes == 2 * Int(results) else {
            throw malformed
        }
    }

    /// The parameters as a record shows them: text as it is, null, common binary types decoded, other binary as
    /// `\x` and hexadecimal.
    func appendParameters(to json: inout JSONBytes, types: [UInt32], isHidden: Bool = false) {
        guard count > 0 else {
            json.appendRaw("[]")
            return
        }
        var rest = values
        json.appendRaw("[")
        for position in 0..<count {
            if position > 0 { json.appendRaw(",") }
            guard let length = rest.readInteger(as: Int32.self), length >= 0,
                let value = rest.readSlice(length: Int(length))
            else {
                json.appendNull()
                continue
            }
            guard !isHidden else {
                json.append(RedactedText.parameter)
                continue
            }
            let format = formats.isEmpty ? 0 : formats[formats.count == 1 ? 0 : position]
            let type = position < types.count ? types[position] : 0
            ParameterText.append(value, isBinary: format == 1, type: type, to: &json)
        }
        json.appendRaw("]")
    }
}
