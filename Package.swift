// swift-tools-version: 6.2
import PackageDescription

// The house: one entry a target. A layer is a folder of Sources; an arrow (`uses`) may only point down the list
// of layers in ARCHITECTURE.md, and ArchitectureTests holds the sources to the same table.
//
// `COUNTERSIGN_TARGETS=StatementAnalysis,PolicyEngine swift test` builds only those targets, what they use and
// their tests, so that a change in Core is tested in seconds and not behind the HTTP stack.

struct Room {
    var name: String
    var path: String
    var uses: [String] = []
    var libraries: [String] = []
    var tests: TestRoom? = TestRoom()
    var isExecutable = false
}

struct TestRoom {
    var uses: [String] = []
    var libraries: [String] = []
}

let rooms: [Room] = [
    Room(name: "AccessModel", path: "Core"),
    Room(name: "StatementAnalysis", path: "Core", uses: ["AccessModel", "CPgQuery"]),
    Room(name: "PolicyEngine", path: "Core", uses: ["AccessModel"], libraries: ["Yams"]),
    Room(name: "Masking", path: "Core", uses: ["AccessModel"], libraries: ["Crypto"]),
    Room(name: "TransparencyLog", path: "Core", libraries: ["Crypto"]),
    Room(name: "PostgresWire", path: "Wire", uses: ["AccessModel"], libraries: ["NIOCore", "Crypto", "_CryptoExtras"]),
    Room(
        name: "Identity",
        path: "Service",
        uses: ["AccessModel"],
        libraries: ["JWTKit", "Crypto"],
        tests: TestRoom(libraries: ["_CryptoExtras"])
    ),
    Room(name: "Witnessing", path: "Service", uses: ["AccessModel", "TransparencyLog"]),
    Room(
        name: "WitnessDatabase",
        path: "Storage",
        uses: ["AccessModel", "TransparencyLog", "Witnessing"],
        libraries: ["GRDB"]
    ),
    Room(
        name: "AuditLog",
        path: "Service",
        uses: ["AccessModel", "TransparencyLog"],
        libraries: ["Crypto", "Logging"]
    ),
    Room(name: "Evidence", path: "Service", uses: ["AccessModel", "TransparencyLog"], libraries: ["Crypto"]),
    Room(name: "People", path: "Service", uses: ["AccessModel"], libraries: ["Crypto"]),
    Room(name: "Notifications", path: "Service", uses: ["AccessModel"], libraries: ["Crypto"]),
    Room(name: "Approvals", path: "Service", uses: ["AccessModel"], libraries: ["Crypto"]),
    Room(
        name: "StateDatabase",
        path: "Storage",
        uses: ["AccessModel", "Approvals"],
        libraries: ["GRDB"]
    ),
    Room(
        name: "SearchIndex",
        path: "Storage",
        uses: ["AccessModel", "TransparencyLog", "AuditLog"],
        libraries: ["GRDB"],
        tests: TestRoom(libraries: ["Crypto"])
    ),
    Room(
        name: "AuditExport",
        path: "Storage",
        uses: ["AccessModel", "TransparencyLog", "AuditLog"],
        libraries: ["Crypto"]
    ),
    Room(
        name: "GatewayKit",
        path: "Gateway",
        uses: ["AccessModel", "CEpoll"],
        libraries: ["NIOCore", "NIOPosix", "NIOSSL", "NIOTLS", "Logging", "Metrics"],
        tests: TestRoom(libraries: ["NIOEmbedded"])
    ),
    Room(
        name: "PostgresGateway",
        path: "Gateway",
        uses: ["AccessModel", "StatementAnalysis", "Masking", "PostgresWire", "GatewayKit"],
        libraries: ["NIOCore", "NIOPosix", "NIOSSL", "NIOTLS", "Logging", "X509", "Crypto"],
        tests: TestRoom(libraries: ["NIOEmbedded"])
    ),
    Room(
        name: "Console",
        path: "",
        uses: ["AccessModel"],
        libraries: [
            "Crypto", "HTTPTypes", "Hummingbird", "HummingbirdCore", "HummingbirdTLS", "Logging", "Mustache", "NIOCore",
            "NIOSSL", "ServiceLifecycle",
        ],
        tests: TestRoom(libraries: ["HummingbirdTesting"])
    ),
    // The auditor's program: it links no gateway, no service with files, no network.
    Room(
        name: "countersign-verify",
        path: "App",
        uses: ["AccessModel", "TransparencyLog", "Evidence"],
        libraries: ["ArgumentParser"],
        tests: nil,
        isExecutable: true
    ),
    Room(
        name: "countersign",
        path: "App",
        uses: [
            "AccessModel", "StatementAnalysis", "PolicyEngine", "TransparencyLog", "Masking", "PostgresWire",
            "Identity", "People", "Approvals", "Notifications", "AuditLog", "Evidence", "Witnessing", "SearchIndex",
            "StateDatabase",
            "WitnessDatabase", "AuditExport", "GatewayKit", "PostgresGateway", "Console",
        ],
        libraries: [
            "ArgumentParser", "AsyncHTTPClient", "ServiceLifecycle", "UnixSignals", "Logging", "Metrics", "NIOCore",
            "NIOPosix", "NIOSSL", "NIOTLS", "NIOHTTP1", "JWTKit", "Crypto", "X509", "SwiftASN1", "Yams",
        ],
        tests: nil,
        isExecutable: true
    ),
]

let products: [String: Target.Dependency] = [
    "ArgumentParser": .product(name: "ArgumentParser", package: "swift-argument-parser"),
    "AsyncHTTPClient": .product(name: "AsyncHTTPClient", package: "async-http-client"),
    "Crypto": .product(name: "Crypto", package: "swift-crypto"),
    "_CryptoExtras": .product(name: "_CryptoExtras", package: "swift-crypto"),
    "GRDB": .product(name: "GRDB", package: "GRDB.swift"),
    "HTTPTypes": .product(name: "HTTPTypes", package: "swift-http-types"),
    "Hummingbird": .product(name: "Hummingbird", package: "hummingbird"),
    "HummingbirdCore": .product(name: "HummingbirdCore", package: "hummingbird"),
    "HummingbirdTLS": .product(name: "HummingbirdTLS", package: "hummingbird"),
    "HummingbirdTesting": .product(name: "HummingbirdTesting", package: "hummingbird"),
    "JWTKit": .product(name: "JWTKit", package: "jwt-kit"),
    "Logging": .product(name: "Logging", package: "swift-log"),
    "Mustache": .product(name: "Mustache", package: "swift-mustache"),
    "Metrics": .product(name: "Metrics", package: "swift-metrics"),
    "NIOCore": .product(name: "NIOCore", package: "swift-nio"),
    "NIOEmbedded": .product(name: "NIOEmbedded", package: "swift-nio"),
    "NIOHTTP1": .product(name: "NIOHTTP1", package: "swift-nio"),
    "NIOPosix": .product(name: "NIOPosix", package: "swift-nio"),
    "NIOSSL": .product(name: "NIOSSL", package: "swift-nio-ssl"),
    "NIOTLS": .product(name: "NIOTLS", package: "swift-nio"),
    "ServiceLifecycle": .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
    "SwiftASN1": .product(name: "SwiftASN1", package: "swift-asn1"),
    "UnixSignals": .product(name: "UnixSignals", package: "swift-service-lifecycle"),
    "X509": .product(name: "X509", package: "swift-certificates"),
    "Yams": .product(name: "Yams", package: "Yams"),
]

let packages: [String: Package.Dependency] = [
    "swift-argument-parser": .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    "async-http-client": .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    "swift-crypto": .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    "GRDB.swift": .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    "swift-http-types": .package(url: "https://github.com/apple/swift-http-types", from: "1.0.0"),
    "hummingbird": .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    "jwt-kit": .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
    "swift-log": .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    "swift-metrics": .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    "swift-mustache": .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    "swift-nio": .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    "swift-nio-ssl": .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    "swift-service-lifecycle": .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    "swift-asn1": .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
    "swift-certificates": .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
    "Yams": .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
]

// MARK: - Which rooms to build

let byName = Dictionary(uniqueKeysWithValues: rooms.map { ($0.name, $0) })

func closure(of names: [String]) -> Set<String> {
    var seen: Set<String> = []
    var queue = names
    while let name = queue.popLast() {
        guard seen.insert(name).inserted, let room = byName[name] else { continue }
        queue.append(contentsOf: room.uses)
    }
    return seen
}

let asked = Context.environment["COUNTERSIGN_TARGETS"]?.split(separator: ",").map(String.init)
let built = asked.map { closure(of: $0) } ?? Set(rooms.map(\.name))
let tested = asked.map(Set.init) ?? Set(rooms.map(\.name))

// MARK: - Settings

var settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    // Bounds and overflow are still trapped; dynamic exclusivity checks alone cost about a quarter of the data
    // path's user instructions (docs/decisions/0005-release-flags.md).
    .unsafeFlags(["-enforce-exclusivity=unchecked", "-cross-module-optimization"], .when(configuration: .release)),
]
if Context.environment["CI"] != nil {
    settings.append(.treatAllWarnings(as: .error))
}

// MARK: - The package

func dependencies(uses: [String], libraries: [String]) -> [Target.Dependency] {
    uses.map { .init(stringLiteral: $0) } + libraries.compactMap { products[$0] }
}

var targets: [Target] = []
var libraries: Set<String> = []

for room in rooms where built.contains(room.name) {
    let path = room.path.isEmpty ? "Sources/\(room.name)" : "Sources/\(room.path)/\(room.name)"
    let needs = dependencies(uses: room.uses, libraries: room.libraries)
    libraries.formUnion(room.libraries)
    targets.append(
        room.isExecutable
            ? .executableTarget(name: room.name, dependencies: needs, path: path, swiftSettings: settings)
            : .target(name: room.name, dependencies: needs, path: path, swiftSettings: settings)
    )
    guard let tests = room.tests, tested.contains(room.name) else { continue }
    libraries.formUnion(tests.libraries)
    targets.append(
        .testTarget(
            name: "\(room.name)Tests",
            dependencies: dependencies(
                uses: [room.name] + room.uses.filter { !["CPgQuery", "CEpoll"].contains($0) } + tests.uses,
                libraries: room.libraries + tests.libraries
            ),
            path: room.path.isEmpty ? "Tests/\(room.name)Tests" : "Tests/\(room.path)/\(room.name)Tests",
            swiftSettings: settings
        )
    )
}
if built.contains("StatementAnalysis") {
    targets.append(
        .systemLibrary(name: "CPgQuery", path: "Sources/CPgQuery", providers: [.apt(["libpg-query-dev"])])
    )
}
if built.contains("GatewayKit") {
    // Of the C library itself: its header is not among those that a program in Swift sees.
    targets.append(.systemLibrary(name: "CEpoll", path: "Sources/CEpoll"))
}
if tested.contains("ArchitectureTests") || asked == nil {
    // The import table and the rules of the house; they read the sources and link nothing of them.
    targets.append(.testTarget(name: "ArchitectureTests", path: "Tests/ArchitectureTests", swiftSettings: settings))
}
if tested.contains("IntegrationTests") || asked == nil {
    // The whole product against real servers and real clients. They run the built program, and link nothing of it: asked
    // for by name, they build alone and run what `COUNTERSIGN_BINARY` names.
    let keys = ["Crypto", "_CryptoExtras"]
    libraries.formUnion(keys)
    targets.append(
        .testTarget(
            name: "IntegrationTests",
            dependencies: dependencies(
                uses: asked == nil ? ["countersign", "countersign-verify"] : [],
                libraries: keys
            ),
            path: "Tests/Integration",
            exclude: ["clients"],
            swiftSettings: settings
        )
    )
}

let needed = Set(
    libraries.compactMap { name -> String? in
        guard case .productItem(_, let package, _, _) = products[name] else { return nil }
        return package
    }
)

let package = Package(
    name: "countersign",
    dependencies: packages.filter { needed.contains($0.key) }.sorted { $0.key < $1.key }.map(\.value),
    targets: targets
)
