import Foundation
import Testing

extension Integration {
    /// The catalogue of attacks on what the gateway serves now, by sections; `Vectors/adversarial/README.md` says how one is
    /// written. What is on protocols that are not served (MySQL, SSH, Kubernetes), has no case here.
    @Suite("Attacks end as their verdict says, and leave the server as it was")
    struct AttackTests {
        static let sections = [
            "splitting", "hidden-writes", "session", "reach", "protocol", "inference", "wide-grants",
        ]

        @Test("Each attack of a section is denied, masked or does what its effects say", arguments: sections)
        func section(name: String) async throws {
            let range = try await AttackRange.shared
            let result = try await range.run("attacks.py", "Vectors/adversarial/\(name).txt")
            #expect(result.status == 0 && result.output.hasPrefix("ok: "), "\(result)")
        }
    }
}
