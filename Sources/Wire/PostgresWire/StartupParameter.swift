package import NIOCore

/// A name and a value of a StartupMessage.
package struct StartupParameter: Hashable, Sendable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// `name\0value\0` pairs and a final `\0`, which must be the last byte. Nil for anything else, for text that is
    /// not UTF-8 and for a name that comes twice.
    static func list(from body: inout ByteBuffer) -> [StartupParameter]? {
        var parameters: [StartupParameter] = []
        var names: Set<String> = []
        while let name = body.readValidatedNullTerminatedString() {
            guard !name.isEmpty else { return body.readableBytes == 0 ? parameters : nil }
            guard let value = body.readValidatedNullTerminatedString(), names.insert(name).inserted else { return nil }
            parameters.append(StartupParameter(name, value))
        }
        return nil
    }
}

extension ByteBuffer {
    /// Text up to a NUL, which is consumed. Nil, and nothing consumed, where there is no NUL or no valid UTF-8.
    package mutating func readValidatedNullTerminatedString() -> String? {
        guard let end = readableBytesView.firstIndex(of: 0) else { return nil }
        guard let text = String(validating: readableBytesView[..<end], as: UTF8.self) else { return nil }
        moveReaderIndex(to: end + 1)
        return text
    }
}
