import Testing

@Suite("The import table")
struct ImportTests {
    @Test("Every import of every source stands in the table")
    func importsStandInTheTable() throws {
        let violations = try SourceTree.swiftFiles(in: "Sources").flatMap { ImportTable.house.violations(in: $0) }
        #expect(violations == [])
    }

    @Test("The table itself lets no layer look up, and no sibling see another")
    func tableLooksDown() throws {
        let rooms = Dictionary(uniqueKeysWithValues: ImportTable.house.rooms.map { ($0.name, $0) })
        for room in ImportTable.house.rooms {
            let below = try #require(ImportTable.mayLookDownOn[room.layer], "\(room.layer) is no layer")
            for name in room.rooms {
                let other = try #require(rooms[name], "\(room.name) uses \(name), which is no room")
                #expect(below.contains(other.layer), "\(room.name) looks up to \(name)")
                let isFloor = ["AccessModel", "GatewayKit", "CPgQuery"].contains(name)
                #expect(other.layer != room.layer || isFloor, "\(room.name) sees its sibling \(name)")
            }
        }
    }

    @Test("A gateway sees neither a service nor a store")
    func gatewaysSeePortsAlone() {
        let above: Set<String> = ["Identity", "AuditLog", "SearchIndex", "PolicyEngine"]
        for room in ImportTable.house.rooms where room.layer == "Gateway" {
            #expect(room.rooms.isDisjoint(with: above), "\(room.name)")
        }
    }

    @Test("Every folder of sources is a room of the table")
    func everyFolderIsARoom() throws {
        let known = Set(ImportTable.house.rooms.map(\.folder))
        for layer in try SourceTree.folders(in: "Sources") where !known.contains(layer) {
            for folder in try SourceTree.folders(in: "Sources/\(layer)") {
                #expect(known.contains("\(layer)/\(folder)"), "Sources/\(layer)/\(folder)")
            }
        }
    }

    @Test(
        "An import that the table does not have is found, however it is written",
        arguments: [
            "import NIOPosix", "package import NIOPosix", "internal import NIOPosix", "@testable import NIOPosix",
            "@_exported public import NIOPosix", "import struct NIOPosix.MultiThreadedEventLoopGroup",
            "  import NIOPosix",
        ]
    )
    func findsAnImport(line: String) {
        let file = SourceFile(path: "Sources/Wire/PostgresWire/Frame.swift", text: "import NIOCore\n\(line)\n")
        #expect(
            ImportTable.house.violations(in: file) == [
                "Sources/Wire/PostgresWire/Frame.swift:2: PostgresWire may not import NIOPosix"
            ]
        )
    }

    @Test("An import in a comment or a literal is no import")
    func passesOverProse() {
        let text = "// import NIOPosix\nlet a = \"\"\"\n    import NIOPosix\n    \"\"\"\n/* import NIOPosix */\n"
        #expect(SourceFile(path: "Sources/Core/AccessModel/A.swift", text: text).imports.isEmpty)
    }

    @Test("A file outside every room is found")
    func findsAStranger() {
        let file = SourceFile(path: "Sources/Attic/Old.swift", text: "")
        #expect(ImportTable.house.violations(in: file) == ["Sources/Attic/Old.swift: no room of the import table"])
    }
}
