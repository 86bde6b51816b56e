internal import ArgumentParser
internal import Foundation

/// Standard output and standard error.
enum Console {
    static func write(_ text: String) throws {
        try write(Array(text.utf8))
    }

    static func write(_ bytes: [UInt8]) throws {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(bytes))
        } catch {
            // A verdict that could not be said is no success.
            throw ExitCode(1)
        }
    }

    static func complain(_ line: String) {
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }
}
