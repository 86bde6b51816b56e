internal import Foundation
internal import NIOCore
internal import NIOPosix
internal import NIOSSL

/// Why a receiver could not be spoken to, in words for an operator.
struct ConnectionFault: CustomStringConvertible {
    let description: String

    init(_ error: any Error) {
        description =
            switch error {
            case let failure as Failure: failure.description
            case let error as NIOConnectionError:
                error.connectionErrors.first.map { "\(ConnectionFault($0.error))" }
                    ?? "the name \(error.host) is not known"
            case let error as IOError: String(cString: strerror(error.errnoCode))
            case let error as NIOSSLExtraError: "the certificate does not fit the name: \(error.description)"
            case is NIOSSLError: "TLS failed, as a rule because the certificate is not trusted: \(error)"
            case ChannelError.ioOnClosedChannel, ChannelError.alreadyClosed: "the receiver closed the connection"
            case ChannelError.connectTimeout: "there was no answer in 10 seconds"
            default: "\(error)"
            }
    }
}
