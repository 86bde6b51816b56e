internal import Foundation
internal import NIOCore

extension Failure {
    /// An address that cannot be listened on; `key` of the configuration names it.
    static func listening(on address: String, _ key: String, _ error: any Error) -> Failure {
        let why: String
        switch (error as? IOError)?.errnoCode {
        case EADDRINUSE?: why = "it is in use"
        case let code?: why = String(cString: strerror(code))
        case nil: why = "\(error)"
        }
        return Failure("cannot listen on \(address): \(why); `\(key).address` may name another")
    }
}
