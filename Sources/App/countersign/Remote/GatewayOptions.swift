internal import ArgumentParser

/// Which running gateway a command speaks to: one on this machine, by its data directory, or one elsewhere, by its console's
/// address. The command line comes before the environment, and there COUNTERSIGN_URL before the rest.
struct GatewayOptions: ParsableArguments {
    @OptionGroup var data: DataOptions
    @OptionGroup var remote: RemoteOptions

    mutating func validate() throws {
        guard remote.url == nil || (data.data == nil && data.config == nil) else {
            throw ValidationError("give --url, --data or --config, and not two of them")
        }
    }

    /// Nil where the gateway is reached by its data directory.
    func api() throws -> APIClient? {
        guard remote.url != nil || (data.data == nil && data.config == nil && remote.address != nil) else {
            return nil
        }
        return try remote.client(try remote.gateway())
    }

    func access() throws -> any GatewayAccess {
        if let api = try api() { return api }
        return AdminClient(directory: try data.directory())
    }
}
