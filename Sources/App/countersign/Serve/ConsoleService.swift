internal import Console
internal import ServiceLifecycle

/// The console's listener, whose failure names what the configuration says.
struct ConsoleService: Service {
    let server: ConsoleServer
    /// As the configuration writes it.
    let address: String

    func run() async throws {
        do {
            try await server.run()
        } catch {
            throw Failure.listening(on: address, "listen.console", error)
        }
    }
}
