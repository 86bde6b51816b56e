import Foundation
import Hummingbird
import HummingbirdTesting
import Synchronization
import Testing

@testable import Console

@Suite("The log over HTTP")
struct LedgerRoutesTests {
    private final class Files: Sendable {
        let asked = Mutex<[String]>([])

        func read(_ path: String) -> LedgerResource? {
            asked.withLock { $0.append(path) }
            switch path {
            case "checkpoint": return LedgerResource(.checkpoint, bytes: Array("log.example/one\n".utf8))
            case "tile/0/000.p/7": return LedgerResource(.tile, bytes: [1, 2, 3])
            case "tile/entries/000": return LedgerResource(.entries, bytes: [UInt8](repeating: 7, count: 100_000))
            default: return nil
            }
        }
    }

    private let files = Files()
    private static let secret = "0123456789abcdef0123456789abcdef"

    private func console(_ tiles: LedgerAccess.Reach, _ entries: LedgerAccess.Reach) -> some ApplicationProtocol {
        let access = LedgerAccess(tiles: tiles, entries: entries) { $0 == LedgerRoutesTests.secret }
        let ports = ConsolePorts(
            readiness: { Readiness([]) },
            metrics: { [] },
            ledger: LedgerPorts(access: access) { [files] in files.read($0) }
        )
        return Application(router: ConsoleRoutes(ports: ports).router)
    }

    @Test("A checkpoint is text that is kept for a moment; tiles and bundles are bytes that are kept for ever")
    func headers() async throws {
        try await console(.everyone, .loopback).test(.live) { client in
            try await client.execute(uri: "/ledger/checkpoint", method: .get) { response in
                #expect(response.status == .ok)
                #expect(response.headers[.contentType] == "text/plain; charset=utf-8")
                #expect(response.headers[.cacheControl] == "max-age=2, must-revalidate")
                #expect(String(buffer: response.body) == "log.example/one\n")
            }
            try await client.execute(uri: "/ledger/tile/0/000.p/7", method: .get) { response in
                #expect(response.headers[.contentType] == "application/octet-stream")
                #expect(response.headers[.cacheControl] == "public, max-age=31536000, immutable")
                #expect(Array(buffer: response.body) == [1, 2, 3])
            }
            try await client.execute(uri: "/ledger/tile/entries/000", method: .get) { response in
                #expect(response.headers[.contentType] == "application/octet-stream")
                #expect(response.headers[.cacheControl] == "private, max-age=31536000, immutable")
                #expect(response.body.readableBytes == 100_000)
            }
            try await client.execute(uri: "/ledger/checkpoint", method: .head) { response in
                #expect(response.status == .ok)
                #expect(response.body.readableBytes == 0)
            }
        }
    }

    @Test("What is off is not there, and nothing is read for it")
    func off() async throws {
        try await console(.everyone, .off).test(.live) { client in
            try await client.execute(uri: "/ledger/tile/entries/000", method: .get) { #expect($0.status == .notFound) }
        }
        try await console(.off, .loopback).test(.live) { client in
            for path in ["checkpoint", "tile/0/000.p/7"] {
                try await client.execute(uri: "/ledger/\(path)", method: .get) { #expect($0.status == .notFound) }
            }
        }
        #expect(files.asked.withLock { $0.isEmpty })
        try await Application(router: ConsoleRoutes(ports: .notConnected).router).test(.router) { client in
            try await client.execute(uri: "/ledger/checkpoint", method: .get) { #expect($0.status == .notFound) }
        }
    }

    @Test("Loopback is an address, and whoever has none is not local")
    func loopback() async throws {
        try await console(.loopback, .loopback).test(.live) { client in
            try await client.execute(uri: "/ledger/checkpoint", method: .get) { #expect($0.status == .ok) }
        }
        try await console(.loopback, .loopback).test(.router) { client in
            try await client.execute(uri: "/ledger/checkpoint", method: .get) { #expect($0.status == .forbidden) }
        }
    }

    @Test("A token is asked for, and is the only thing that helps")
    func token() async throws {
        try await console(.token, .token).test(.live) { client in
            for value in [
                nil, "Bearer", "Bearer ", "Bearer x", "Basic \(Self.secret)", Self.secret, "Bearer \(Self.secret) ",
            ] {
                let headers: HTTPFields = value.map { [.authorization: $0] } ?? [:]
                try await client.execute(uri: "/ledger/tile/entries/000", method: .get, headers: headers) { response in
                    // Spaces around a header's value are not part of it (RFC 9110 section 5.5).
                    guard value?.hasSuffix(" ") != true || value == "Bearer " else { return }
                    #expect(response.status == .unauthorized, "\(value ?? "-")")
                    #expect(response.headers[.wwwAuthenticate] == "Bearer")
                }
            }
            #expect(files.asked.withLock { $0.filter { $0 != "tile/entries/000" }.isEmpty })
            let headers: HTTPFields = [.authorization: "bearer \(Self.secret)"]
            try await client.execute(uri: "/ledger/tile/entries/000", method: .get, headers: headers) { response in
                #expect(response.status == .ok)
            }
        }
    }

    @Test(
        "A path reaches the port as it was sent, or not at all",
        arguments: [
            "/ledger", "/ledger/", "/ledger/..", "/ledger/../readyz", "/ledger/segments/00000000000000000000.segment",
            "/ledger/head", "/ledger/tile/entries/../../head", "/ledger/tile/%2e%2e/head", "/ledger/tile/0/../../lock",
            "/ledger//checkpoint", "/ledger/checkpoint/", "/ledger/tile/0/000.p/7/", "/ledger/%63heckpoint",
            "/ledger/tile/0//000.p/7", "/ledger/TILE/0/000.p/7", "/ledger/tile/entries/000%00",
        ]
    )
    func paths(path: String) async throws {
        try await console(.everyone, .loopback).test(.live) { client in
            try await client.execute(uri: path, method: .get) { response in
                #expect([.notFound, .badRequest].contains(response.status), "\(path): \(response.status)")
            }
        }
        for asked in files.asked.withLock({ $0 }) { #expect("/ledger/\(asked)" == path) }
    }

    @Test("Nothing can be written there", arguments: [HTTPRequest.Method.post, .put, .delete, .patch])
    func readOnly(method: HTTPRequest.Method) async throws {
        try await console(.everyone, .loopback).test(.live) { client in
            try await client.execute(uri: "/ledger/checkpoint", method: method) { response in
                #expect(response.status == .notFound || response.status == .methodNotAllowed)
            }
        }
    }

    @Test("A place is given back with its last reference, and there are no more than there are")
    func turnstile() {
        let turnstile = Turnstile(places: 2)
        var places = [turnstile.enter(), turnstile.enter()]
        #expect(!places.contains { $0 == nil })
        #expect(turnstile.enter() == nil)
        places.removeLast()
        #expect(turnstile.enter() != nil)
        #expect(turnstile.enter() != nil)
    }
}
