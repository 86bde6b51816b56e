/// Why a StartupMessage was refused, in words for the caller. A name that the caller chose is cut and made printable.
package enum StartupRefusal: Error, Hashable, Sendable {
    case noUser
    case replication
    case malformedOptions
    case encoding
    case parameter(String)
    case controlCharacter

    package var sqlState: String {
        switch self {
        case .noUser: "28000"
        case .replication: "0A000"
        case .malformedOptions, .controlCharacter: "08P01"
        case .encoding, .parameter: "42501"
        }
    }

    package var message: String {
        switch self {
        case .noUser: "no user name in the startup message"
        case .replication: "replication connections do not pass the gateway"
        case .malformedOptions: "malformed options in the startup message"
        case .encoding: "client_encoding must be UTF8"
        case .parameter(let name):
            "the startup parameter \(StartupRefusal.printable(name)) does not pass the gateway"
        case .controlCharacter: "control character in a startup parameter"
        }
    }

    static func printable(_ name: String) -> String {
        let kept = name.unicodeScalars.prefix(64).map { scalar in
            (0x20...0x7E).contains(scalar.value) ? Character(scalar) : "?"
        }
        return "\"\(String(kept))\""
    }
}
