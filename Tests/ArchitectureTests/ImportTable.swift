/// The import table of ARCHITECTURE.md: what each room may import. What stands not here may not be imported, so a new
/// dependency is a change of this file, and is reviewed as one.
struct ImportTable: Sendable {
    var rooms: [Room]

    static let house = ImportTable(rooms: core + wire + service + storage + gateway + edges)

    /// Pure: no I/O, no clock, no randomness, no file; so not Foundation, not NIO, not the C library.
    private static let core = [
        Room("Core/AccessModel"),
        Room("Core/PolicyEngine", rooms: ["AccessModel"], modules: ["Yams", "Synchronization"]),
        Room("Core/Masking", rooms: ["AccessModel"], modules: ["Crypto"]),
        Room("Core/StatementAnalysis", rooms: ["AccessModel", "CPgQuery"], modules: ["Synchronization"]),
        Room("Core/TransparencyLog", modules: ["Crypto"]),
        // A system library: a module map and a shim, no Swift.
        Room("CPgQuery"),
    ]

    /// Pure: bytes and messages. NIOCore for ByteBuffer alone.
    private static let wire = [
        Room(
            "Wire/PostgresWire",
            rooms: ["AccessModel"],
            modules: ["NIOCore", "Crypto", "_CryptoExtras", "Foundation", "Synchronization"]
        )
    ]

    private static let system: Set<String> = [
        "Foundation", "FoundationEssentials", "Glibc", "Synchronization", "Dispatch",
    ]

    private static let service = [
        Room("Service/Identity", rooms: ["AccessModel"], modules: system.union(["JWTKit", "Crypto"])),
        Room("Service/Witnessing", rooms: ["AccessModel", "TransparencyLog"], modules: ["Synchronization"]),
        // No file, no clock: what makes a bundle, and what verifies one without a ledger.
        Room("Service/Evidence", rooms: ["AccessModel", "TransparencyLog"], modules: ["Crypto"]),
        Room(
            "Service/AuditLog",
            rooms: ["AccessModel", "TransparencyLog"],
            modules: system.union(["Crypto", "Logging"])
        ),
        Room("Service/People", rooms: ["AccessModel"], modules: ["Crypto", "Foundation", "Synchronization"]),
        Room("Service/Notifications", rooms: ["AccessModel"], modules: ["Crypto"]),
        Room("Service/Approvals", rooms: ["AccessModel"], modules: ["Crypto", "Synchronization"]),
    ]

    private static let storage = [
        Room(
            "Storage/WitnessDatabase",
            rooms: ["AccessModel", "TransparencyLog", "Witnessing"],
            modules: system.union(["GRDB"])
        ),
        Room("Storage/StateDatabase", rooms: ["AccessModel", "Approvals"], modules: system.union(["GRDB"])),
        Room(
            "Storage/SearchIndex",
            rooms: ["AccessModel", "TransparencyLog", "AuditLog"],
            modules: system.union(["GRDB", "Crypto"])
        ),
        Room(
            "Storage/AuditExport",
            rooms: ["AccessModel", "TransparencyLog", "AuditLog"],
            modules: ["Glibc", "Crypto"]
        ),
    ]

    private static let network: Set<String> = ["NIOCore", "NIOPosix", "NIOSSL", "NIOTLS", "Logging", "Metrics"]

    /// A gateway knows neither Service nor Storage: it is given `GatewayPorts`.
    private static let gateway = [
        // A system library, as CPgQuery is.
        Room("CEpoll"),
        Room("Gateway/GatewayKit", rooms: ["AccessModel", "CEpoll"], modules: system.union(network)),
        Room(
            "Gateway/PostgresGateway",
            rooms: ["AccessModel", "StatementAnalysis", "Masking", "PostgresWire", "GatewayKit"],
            modules: system.union(network).union(["X509", "SwiftASN1", "Crypto"])
        ),
    ]

    private static let edges = [
        Room(
            "Console",
            rooms: ["AccessModel"],
            modules: [
                "Glibc", "Synchronization", "Crypto", "HTTPTypes", "Hummingbird", "HummingbirdCore", "HummingbirdTLS",
                "Logging", "Mustache", "NIOCore", "NIOSSL", "ServiceLifecycle",
            ]
        ),
        // The auditor's program: offline, without a ledger.
        Room(
            "App/countersign-verify",
            rooms: ["AccessModel", "TransparencyLog", "Evidence"],
            modules: ["ArgumentParser", "Foundation"]
        ),
        // The composition root: the only room that sees every layer.
        Room(
            "App/countersign",
            rooms: [
                "AccessModel", "StatementAnalysis", "PolicyEngine", "TransparencyLog", "Masking", "PostgresWire",
                "Identity", "People", "Approvals", "Notifications", "AuditLog", "Evidence", "Witnessing", "SearchIndex",
                "StateDatabase", "WitnessDatabase",
                "AuditExport", "GatewayKit", "PostgresGateway", "Console",
            ],
            modules: system.union(network).union([
                "ArgumentParser", "AsyncHTTPClient", "NIOHTTP1", "Crypto", "JWTKit", "ServiceLifecycle", "SwiftASN1",
                "UnixSignals",
                "X509", "Yams", "_CryptoExtras",
            ])
        ),
    ]
}

extension ImportTable {
    /// Which layers a layer may look down on, itself included. Siblings of one layer do not see each other, but for the
    /// kit that the gateways stand on.
    static let mayLookDownOn: [String: Set<String>] = [
        "CPgQuery": [],
        "CEpoll": [],
        "Core": ["Core", "CPgQuery"],
        "Wire": ["Core"],
        "Service": ["Core"],
        "Storage": ["Core", "Service"],
        "Gateway": ["Core", "Wire", "Gateway", "CEpoll"],
        "Console": ["Core"],
        "App": ["Core", "Wire", "Service", "Storage", "Gateway", "Console"],
    ]

    func room(of file: SourceFile) -> Room? {
        rooms.first { file.path.hasPrefix("Sources/\($0.folder)/") }
    }

    /// One line for each import that the table does not have.
    func violations(in file: SourceFile) -> [String] {
        guard let room = room(of: file) else { return ["\(file.path): no room of the import table"] }
        return file.imports.compactMap { module, line in
            room.rooms.contains(module) || room.modules.contains(module)
                ? nil
                : "\(file.path):\(line): \(room.name) may not import \(module)"
        }
    }
}
