internal import Glibc

/// Why a cursor could not be read or kept. Safe to print.
package struct CursorFault: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        case unreadable(Int32)
        case unwritable(Int32)
        /// It is not what was written.
        case damaged
    }

    package var path: String
    package var code: Code

    package init(path: String, code: Code) {
        self.path = path
        self.code = code
    }

    package var description: String {
        switch code {
        case .unreadable(let error): "the cursor \(path) cannot be read: \(String(cString: strerror(error)))"
        case .unwritable(let error):
            "the cursor \(path) cannot be written: \(String(cString: strerror(error))); a restart would repeat events"
        case .damaged: "the cursor \(path) is damaged: remove it to send everything again from the first record"
        }
    }
}
