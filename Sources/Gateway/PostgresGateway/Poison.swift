internal import NIOCore
internal import PostgresWire

/// What goes to the target in the place of a refused message: the execution of a portal that does not exist.
///
/// The portal's name tells the refusal, so the target's own log shows it too.
enum Poison {
    static var sync: ByteBuffer {
        var buffer = ByteBuffer()
        buffer.writeMessage(FrontendKind.sync.rawValue) { _ in }
        return buffer
    }

    static var flush: ByteBuffer {
        var buffer = ByteBuffer()
        buffer.writeMessage(FrontendKind.flush.rawValue) { _ in }
        return buffer
    }

    static func message(sync: Bool, refusal: ErrorFields?) -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.writeMessage(FrontendKind.execute.rawValue) { body in
            // A portal's name is not bounded; what the log shows of it is, here.
            body.writeNullTerminated("refused by countersign\(record(of: refusal))")
            body.writeInteger(UInt32(0))
        }
        if sync { buffer.writeMessage(FrontendKind.sync.rawValue) { _ in } }
        return buffer
    }

    private static func record(of refusal: ErrorFields?) -> String {
        guard let message = refusal?.message, let start = message.range(ofLast: " (record "), message.hasSuffix(")")
        else {
            return ""
        }
        return ": " + message[start...].dropFirst(2).dropLast()
    }
}

extension String {
    fileprivate func range(ofLast needle: String) -> String.Index? {
        var found: String.Index?
        var index = startIndex
        while index < endIndex {
            if self[index...].hasPrefix(needle) { found = index }
            index = self.index(after: index)
        }
        return found
    }
}
