import AccessModel
import Foundation
import Hummingbird
import Testing

@testable import Console

@Suite("The API's description")
struct OpenAPIDocumentTests {
    private static let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "docs/reference/openapi.json")

    @Test("The file in the documentation is what a gateway gives")
    func file() throws {
        // `COUNTERSIGN_WRITE=1` writes it anew after a change.
        if ProcessInfo.processInfo.environment["COUNTERSIGN_WRITE"] == "1" {
            try Data(OpenAPIDocument.text).write(to: OpenAPIDocumentTests.file)
        }
        let written = try Data(contentsOf: OpenAPIDocumentTests.file)
        #expect(written == Data(OpenAPIDocument.text), "write it with COUNTERSIGN_WRITE=1, and look at the difference")
    }

    private func described() throws -> (operations: Set<String>, document: [String: Any]) {
        let json = try JSONSerialization.jsonObject(with: Data(OpenAPIDocument.text))
        let document = try #require(json as? [String: Any])
        let paths = try #require(document["paths"] as? [String: [String: Any]])
        let operations = paths.flatMap { path, methods in methods.keys.map { "\($0.uppercased()) \(path)" } }
        return (Set(operations), document)
    }

    @Test("Every address of the API is described, and nothing else is")
    func addresses() throws {
        let ports = ConsolePorts(readiness: { Readiness([]) }, metrics: { [] })
        let prefix = "/api/v1"
        let routes = ConsoleRoutes(ports: ports).router.routes.compactMap { route -> String? in
            let path = "\(route.path)"
            guard path.hasPrefix(prefix), route.method != .head else { return nil }
            let parts = path.dropFirst(prefix.count).split(separator: "/").map { part in
                part.first == ":" ? "{\(part.dropFirst())}" : String(part)
            }
            return "\(route.method) /" + parts.joined(separator: "/")
        }
        #expect(try described().operations == Set(routes))
    }

    @Test("Every reference of it leads somewhere, and every schema is led to")
    func references() throws {
        let text = String(decoding: OpenAPIDocument.text, as: UTF8.self)
        let document = try described().document
        let components = try #require(document["components"] as? [String: [String: Any]])
        let named = Set(
            ["responses", "schemas"].flatMap { kind in (components[kind] ?? [:]).keys.map { "\(kind)/\($0)" } }
        )
        let used = Set(text.matches(of: /#\/components\/([a-z]+\/\w+)/).map { String($0.output.1) })
        #expect(named == used)
    }

    @Test("The filters that it names are those that a search takes")
    func words() {
        #expect(Set(AuditQuery.names) == Set(APIParameter.filters.map(\.name)))
    }
}
