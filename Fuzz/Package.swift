// swift-tools-version: 6.2
import PackageDescription

// A package of its own: its dependencies and its instrumented objects stay out of the product. The decoders are the
// product's own files, by link; they need NIOCore alone.
let package = Package(
    name: "fuzz",
    dependencies: [.package(url: "https://github.com/apple/swift-nio", from: "2.101.2")],
    targets: [
        .executableTarget(
            name: "StartupFuzzer",
            dependencies: [.product(name: "NIOCore", package: "swift-nio")],
            swiftSettings: [
                .enableUpcomingFeature("ExistentialAny"),
                .unsafeFlags(["-sanitize=fuzzer", "-parse-as-library"]),
            ],
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer"])]
        )
    ]
)
