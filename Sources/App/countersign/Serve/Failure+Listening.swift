internal import Foundation
internal import NIOCore

extension Failure {
    /// An address that cannot be listened on; `key` of the configuration names it.
    static func listening(on address: String, _ key: String, _ error: any Error) -> Failure {
        Failure("cannot listen on \(address): \(why(error)); `\(key).address` may name another")
    }

    /// The same of an address that an option gave.
    static func listening(on address: String, option: String, _ error: any Error) -> Failure {
        Failure("cannot listen on \(address): \(why(error)); give another with \(option)")
    }

    private static func why(_ error: any Error) -> String {
        switch (error as? IOError)?.errnoCode {
        case EADDRINUSE?: "it is in use"
        case let code?: String(cString: strerror(code))
        case nil: "\(error)"
        }
    }
}
