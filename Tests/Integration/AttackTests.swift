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
            let file = Machine.root.appending(path: "Vectors/adversarial/\(name).txt").path(percentEncoded: false)
            let result = try await range.run("attacks.py", file)
            #expect(result.status == 0 && result.output.hasPrefix("ok: "), "\(result)")
        }

        /// `COUNTERSIGN_PROBE` is how many statements the client may run; 10000 take a minute or two.
        @Test("What a client may ask tells it nothing of a masked value, and all where results alone are masked")
        func probe() async throws {
            let count = ProcessInfo.processInfo.environment["COUNTERSIGN_PROBE"] ?? "400"
            let result = try await AttackRange.shared.run("probe.py", count, timeout: .seconds(1200))
            #expect(result.status == 0 && result.output.hasPrefix("ok: "), "\(result)")
        }
    }
}
