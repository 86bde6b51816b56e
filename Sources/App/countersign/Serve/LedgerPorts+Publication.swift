internal import AuditLog
internal import Console
internal import Crypto
internal import Foundation
internal import NIOPosix
internal import PolicyEngine
internal import TransparencyLog

extension LedgerPorts {
    /// The files of the log, to whom the configuration says; nil where nothing is shown.
    init?(_ publication: LedgerPublication, tiles: LedgerTiles, resolver: ConfigurationResolver) throws {
        guard publication.tiles != .off || publication.entries != .off else { return nil }
        let token = try publication.token.map(resolver.ledgerToken)
        self.init(
            access: LedgerAccess(
                tiles: .init(publication.tiles),
                entries: .init(publication.entries),
                isToken: { given in token.map { LedgerPorts.isEqual(given, $0) } ?? false }
            ),
            read: { path in
                // The disk may take its time, and the event loops have none.
                try? await NIOThreadPool.singleton.runIfActive { try LedgerPorts.resource(path, tiles) }
            }
        )
    }

    /// Nil for every path that is no name of the format, whatever it names on this machine.
    private static func resource(_ path: String, _ tiles: LedgerTiles) throws -> LedgerResource? {
        if path == "checkpoint" { return try tiles.checkpoint().map { LedgerResource(.checkpoint, bytes: $0) } }
        guard let name = TilePath(path), let bytes = try tiles.bytes(name) else { return nil }
        return LedgerResource(name.kind == .entries ? .entries : .tile, bytes: bytes)
    }

    /// Takes as long for a wrong token as for the right one: what is compared is a keyed hash of each.
    static func isEqual(_ given: String, _ token: String) -> Bool {
        let key = SymmetricKey(size: .bits256)
        let expected = HMAC<SHA256>.authenticationCode(for: Data(token.utf8), using: key)
        return HMAC<SHA256>.isValidAuthenticationCode(expected, authenticating: Data(given.utf8), using: key)
    }
}

extension LedgerAccess.Reach {
    init(_ tiles: LedgerPublication.Tiles) {
        self =
            switch tiles {
            case .off: .off
            case .loopback: .loopback
            case .auditors: .auditors
            case .token: .token
            case .everyone: .everyone
            }
    }

    init(_ entries: LedgerPublication.Entries) {
        self =
            switch entries {
            case .off: .off
            case .loopback: .loopback
            case .auditors: .auditors
            case .token: .token
            }
    }
}

extension ConfigurationResolver {
    /// The token that shows the ledger: long enough that nobody guesses it.
    func ledgerToken(_ reference: SecretReference) throws -> String { try bearer(reference, "ledger.publish.token") }

    func metricsAccess(_ metrics: ConsoleTerms.Metrics) throws -> MetricsAccess {
        switch metrics {
        case .everyone: return .everyone
        case .loopback: return .loopback
        case .off: return .off
        case .token(let reference):
            let token = try bearer(reference, "listen.console.metrics.token")
            return .token { LedgerPorts.isEqual($0, token) }
        }
    }

    /// A token that a program brings along.
    func bearer(_ reference: SecretReference, _ name: String) throws -> String {
        let token = try secret(reference)
        guard token.utf8.count >= 32, token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw Failure(
                "\(name): expected at least 32 printable ASCII characters, such as `openssl rand -hex 32` gives"
            )
        }
        return token
    }
}
