internal import Crypto
internal import Foundation
internal import PolicyEngine

/// A configuration file as read: its text is the policy, and the policy's name is its SHA-256.
struct ConfigurationFile {
    var path: String
    var text: [UInt8]
    /// `sha256:` and lower-case hexadecimal.
    var policy: String
    var configuration: Configuration?
    var diagnostics: [Diagnostic]

    var places: ConfigurationPlaces { ConfigurationPlaces(String(decoding: text, as: UTF8.self)) }

    static func path(given: String?) throws -> String {
        guard let path = given ?? ProcessInfo.processInfo.environment["COUNTERSIGN_CONFIG"], !path.isEmpty else {
            throw Failure("no configuration: give --config FILE, or set COUNTERSIGN_CONFIG")
        }
        return path
    }

    static func read(_ path: String) throws -> ConfigurationFile {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure("\(path): cannot be read; does it exist, and may this user read it?")
        }
        guard let text = String(validating: data, as: UTF8.self) else { throw Failure("\(path): not UTF-8") }
        let (configuration, diagnostics) = Configuration.parse(text, file: path)
        let digest = SHA256.hash(data: data).map { String(format: "%02x", $0) }.joined()
        return ConfigurationFile(
            path: path,
            text: Array(data),
            policy: "sha256:\(digest)",
            configuration: configuration,
            diagnostics: diagnostics
        )
    }
}
