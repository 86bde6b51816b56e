internal import AsyncHTTPClient
internal import AuditLog
internal import Foundation
internal import NIOCore
internal import NIOHTTP1
internal import TransparencyLog

/// Where a monitor reads a log: a data directory, or an address that serves tlog-tiles.
enum LogSource {
    case directory(LedgerTiles)
    case address(HTTPClient, url: String, token: String?)

    /// Bytes of a checkpoint and of a tile; nothing else is asked for.
    private static let longest = SignedNote.longest

    func checkpoint() async throws -> [UInt8] {
        switch self {
        case .directory(let tiles):
            guard let bytes = try tiles.checkpoint() else { throw Failure("there is no checkpoint yet") }
            return bytes
        case .address:
            guard let bytes = try await fetch("checkpoint") else {
                throw Failure(
                    "there is no checkpoint (404): does the gateway publish its log? See `ledger.publish` in its configuration"
                )
            }
            return bytes
        }
    }

    /// A proof from an earlier size, from the tiles. They are fetched as the proof asks for them.
    func proof(from old: UInt64, to size: UInt64) async throws -> ConsistencyProof {
        var known: [TilePath: [UInt8]?] = [:]
        // A proof touches a few tiles of each of eight levels.
        for _ in 0..<64 {
            do {
                var tree = TileTree(size: size) { path in
                    guard let bytes = known[path] else { throw Wanted(path: path) }
                    return bytes
                }
                return try tree.consistencyProof(from: old)
            } catch let wanted as Wanted {
                known[wanted.path] = .some(try await tile(wanted.path))
            }
        }
        throw Failure("the proof asks for more tiles than there are")
    }

    private struct Wanted: Error { var path: TilePath }

    private func tile(_ path: TilePath) async throws -> [UInt8]? {
        switch self {
        case .directory(let tiles): try tiles.bytes(path)
        case .address: try await fetch(path.text)
        }
    }

    private func fetch(_ path: String) async throws -> [UInt8]? {
        guard case .address(let client, let url, let token) = self else { return nil }
        var request = HTTPClientRequest(url: "\(url)/\(path)")
        request.headers.add(name: "user-agent", value: "countersign/\(Version.current)")
        if let token { request.headers.add(name: "authorization", value: "Bearer \(token)") }
        let response = try await client.execute(request, timeout: .seconds(30))
        switch response.status {
        case .ok: return Array(try await response.body.collect(upTo: LogSource.longest).readableBytesView)
        case .notFound: return nil
        default: throw Failure("HTTP status \(response.status.code)")
        }
    }
}
