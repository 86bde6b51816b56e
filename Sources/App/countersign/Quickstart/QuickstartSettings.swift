/// What a quickstart remembers from start to start. Its file marks the folder as a quickstart's.
struct QuickstartSettings: Codable, Hashable, Sendable {
    var version = 1
    var ports = QuickstartPorts()
    /// SHA-256, lower-case hexadecimal, of the configuration as it was written: another one was edited.
    var configuration: String?
}
