import Foundation
import PolicyEngine
import Testing

@Suite("The examples of the documentation")
struct DocumentationTests {
    /// The YAML blocks of a page.
    static func blocks(_ page: String) -> [String] {
        let file = ConfigurationVector.folder.appending(path: "../docs/\(page)").standardizedFileURL
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.components(separatedBy: "```yaml\n").dropFirst().compactMap {
            $0.components(separatedBy: "```").first
        }
    }

    /// A block as part of a file: roles by their names, grants as the list of a role.
    static func file(_ block: String) -> String {
        if block.hasPrefix("version: 1") { return block }
        if block.hasPrefix("export:") {
            return Sample.yaml(grants: "[{target: orders-db, allow: {select: [a.b]}}]") + "\n" + block
        }
        let isGrants = block.hasPrefix("- target:")
        let lines = block.split(separator: "\n").map { (isGrants ? "      " : "  ") + $0 }.joined(separator: "\n")
        let base = Sample.yaml(grants: isGrants ? "\n\(lines)" : "[{target: orders-db, allow: {select: [a.b]}}]")
            .replacing("  ci: {", with: "  gitlab: {").replacing("issuer: ci", with: "issuer: gitlab")
        return isGrants ? base : base + lines + "\n"
    }

    @Test(
        "An example is accepted",
        arguments: ["reference/configuration.md", "guides/policy.md", "guides/siem.md"].flatMap { page in
            blocks(page).map { (page, $0) }
        }
    )
    func example(page: String, block: String) {
        let (configuration, diagnostics) = Configuration.parse(DocumentationTests.file(block), file: page)
        #expect(configuration != nil, "\(diagnostics)")
    }

    @Test("The examples are there, and show every key of grants")
    func count() {
        let blocks = DocumentationTests.blocks("reference/configuration.md")
        #expect(blocks.count == 4)
        for key in ["allow", "deny", "hold", "approval", "mask", "limit", "when"] {
            #expect(blocks.contains { $0.contains("  \(key):") }, "\(key)")
        }
        #expect(DocumentationTests.blocks("guides/policy.md").count >= 3)
        #expect(DocumentationTests.blocks("guides/siem.md").count == 4)
    }
}
