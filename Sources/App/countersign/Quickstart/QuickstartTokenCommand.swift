internal import ArgumentParser
internal import Foundation

/// `countersign quickstart token`
struct QuickstartTokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Print a token as a GitLab job would get it, signed by the demo issuer.",
        usage: "countersign quickstart token [--data <data>] [<options>]",
        discussion: """
            Prints the token alone. It needs the issuer's key, which is in the folder of the quickstart: who may read \
            the key may be any job.

              --data <data>           The folder of the quickstart (or \
            COUNTERSIGN_DATA). (default: quickstart-data)

            Example:  export PGPASSWORD=$(countersign quickstart token --run 1213)
            """
    )

    /// Has `--data`: an option that both had would always be taken for this one's. Help does not list a parent's
    /// options, so the text above does.
    @ParentCommand var quickstart: QuickstartCommand

    @Option(name: .long, help: "The id of the project.")
    var project: String = "4711"

    @Option(name: .long, help: "The commit that the pipeline runs for.")
    var commit: String = DemoJob.commit

    @Option(name: .long, help: "The id of the pipeline's run.")
    var run: String = "1212"

    @Option(name: .long, help: "The branch.")
    var ref: String = "main"

    @Flag(name: .long, help: "The branch is not protected.")
    var unprotected = false

    @Option(name: .long, help: "The environment that the job deploys to.")
    var environment: String = "production"

    @Option(name: .long, help: "The login of who started the pipeline.")
    var user: String = "bo"

    @Option(
        name: .long,
        parsing: .unconditional,
        help: "Seconds until the token expires; negative for one that has expired."
    )
    var lifetime: Int = 600

    @OptionGroup var output: OutputOptions

    func run() async throws {
        guard (-86_400...86_400).contains(lifetime) else {
            throw ValidationError("--lifetime is at most a day, 86400 seconds")
        }
        let folder = QuickstartFolder(path: quickstart.data)
        let settings = try folder.readSettings()
        let issuer = try DemoIssuer.load(from: folder, port: settings.ports.issuer)
        var job = DemoJob()
        job.project = project
        job.commit = commit
        job.run = run
        job.ref = ref
        job.isProtected = !unprotected
        job.environment = environment
        job.user = user
        let token = try await issuer.token(for: job, lifetime: lifetime, now: Date())
        // Letters, digits, `-`, `_` and dots: nothing of it needs an escape.
        print(output.json ? "{\"token\":\"\(token)\"}" : token)
    }
}
