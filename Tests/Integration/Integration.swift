import Testing

/// Everything that runs the built product before a real PostgreSQL. One test at a time: they share the machine's cores
/// with the servers that they drive, and one server.
@Suite("Integration", .serialized)
enum Integration {}
