internal import NIOCore

/// libFuzzer's entry point: the bytes are what a client sends first, and then what it sends to a session; the first
/// byte says in which pieces they come. Whatever they are, nothing may trap, and no length may be waited for that is
/// above its limit.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let start, count > 1 else { return 0 }
    let input = UnsafeBufferPointer(start: start, count: count)
    let piece = max(1, Int(input[0]))
    startUp(input.dropFirst(), piece: piece)
    frames(input.dropFirst(), piece: piece)
    return 0
}

private func startUp(_ input: Slice<UnsafeBufferPointer<UInt8>>, piece: Int) {
    var machine = ClientStartupMachine(offersTLS: piece.isMultiple(of: 2))
    var buffer = ByteBuffer()
    for start in stride(from: input.startIndex, to: input.endIndex, by: piece) {
        buffer.writeBytes(input[start..<min(start + piece, input.endIndex)])
        guard let first = buffer.getInteger(at: buffer.readerIndex, as: UInt8.self) else { continue }
        if machine.firstByteReceived(first) == .startDirectTLS { return }
        do {
            while let packet = try StartupPacket(from: &buffer) {
                if machine.packetReceived(packet, trailing: buffer.readableBytes) == .acceptTLS {
                    _ = machine.tlsEstablished(alpn: nil)
                }
            }
            precondition(buffer.readableBytes < StartupPacket.limit + piece, "a packet above the limit is waited for")
        } catch {
            _ = machine.malformedReceived(error)
            return
        }
    }
}

private func frames(_ input: Slice<UnsafeBufferPointer<UInt8>>, piece: Int) {
    let limit = 4096
    var machine = MediationMachine()
    var buffer = ByteBuffer()
    for start in stride(from: input.startIndex, to: input.endIndex, by: piece) {
        buffer.writeBytes(input[start..<min(start + piece, input.endIndex)])
        do {
            while let header = try FrameHeader(in: buffer, limit: { _ in limit }), buffer.readableBytes >= header.length
            {
                guard let frame = buffer.readSlice(length: header.length) else { return }
                step(&machine, header, frame)
            }
            precondition(
                buffer.readableBytes <= FrameHeader.size + limit + piece,
                "a frame above the limit is waited for"
            )
        } catch {
            return
        }
    }
}

/// A frame counts as the client's or the target's by the parity of its length, so that both sides interleave.
private func step(_ machine: inout MediationMachine, _ header: FrameHeader, _ frame: ByteBuffer) {
    if header.bodyLength.isMultiple(of: 2) {
        guard let kind = FrontendKind(rawValue: header.type) else { return }
        guard machine.clientFrameReceived(kind) == .decide else { return }
        guard machine.decided(isAllowed: header.bodyLength.isMultiple(of: 4)) == .record else { return }
        _ = machine.recorded(durableIndex: header.bodyLength.isMultiple(of: 8) ? 1 : nil)
        _ = machine.durable(upTo: 1)
    } else if let kind = BackendKind(rawValue: header.type) {
        if kind == .errorResponse || kind == .noticeResponse { _ = ErrorFields(body: frame) }
        _ = kind == .readyForQuery ? machine.readyReceived(.idle) : machine.targetFrameReceived(kind)
        _ = machine.takeSkipped()
    }
}
