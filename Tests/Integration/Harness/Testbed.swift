import Foundation

/// What most tests share: one PostgreSQL server, one issuer and one gateway, made when the first test asks.
struct Testbed: Sendable {
    let pki: TestPKI
    let server: PostgresServer
    let issuer: TestIssuer
    let gateway: GatewayProcess

    private static let made = Task { try await make() }

    static var shared: Testbed {
        get async throws { try await made.value }
    }

    private static func make() async throws -> Testbed {
        let pki = try await TestPKI.make(in: Leash.makeFolder("pki"))
        let server = try await PostgresServer.start(pki: pki)
        let issuer = try TestIssuer(in: Leash.makeFolder("issuer"))
        let configuration = try GatewayConfiguration(server: server, issuer: issuer)
        let gateway = try await GatewayProcess.start(configuration)
        return Testbed(pki: pki, server: server, issuer: issuer, gateway: gateway)
    }

    /// A gateway of a test's own before the same server.
    func makeGateway(_ change: (inout GatewayConfiguration) -> Void = { _ in }) async throws -> GatewayProcess {
        var configuration = try GatewayConfiguration(server: server, issuer: issuer)
        change(&configuration)
        return try await GatewayProcess.start(configuration)
    }
}
