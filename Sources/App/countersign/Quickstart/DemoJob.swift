/// The CI job that a demo token speaks for.
struct DemoJob: Hashable, Sendable {
    static let commit = "69a2c3d4e5f60718293a4b5c6d7e8f9011223344"

    var project = "4711"
    var commit = DemoJob.commit
    var run = "1212"
    var ref = "main"
    var isProtected = true
    var environment = "production"
    var user = "bo"
}
