internal import Glibc
internal import NIOCore
internal import NIOPosix

/// Why a target could not be dialled, in words that a record keeps: never a library's description of its own values.
enum DialFault {
    static func words(_ error: any Error) -> String {
        guard let error = error as? NIOConnectionError else { return words(of: error) }
        // Of several addresses the last one that was tried.
        if let failure = error.connectionErrors.last {
            return "\(error.host):\(error.port): \(words(of: failure.error))"
        }
        return "\(error.host) has no address"
    }

    private static func words(of error: any Error) -> String {
        switch error {
        case let error as IOError: String(cString: strerror(error.errnoCode)).lowercased()
        case ChannelError.connectTimeout: "it did not answer in time"
        default: "\(error)"
        }
    }
}
