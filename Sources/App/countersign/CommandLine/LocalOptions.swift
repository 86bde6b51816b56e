internal import ArgumentParser

/// Where the data is, for a command that reads the gateway's files and has no other way to its answer: where a console is
/// named it says so.
struct LocalOptions: ParsableArguments {
    @OptionGroup var data: DataOptions

    @Option(name: .long, help: .hidden)
    var url: String?

    mutating func validate() throws {
        guard url == nil else { throw ValidationError(LocalOptions.words) }
    }

    static let words = """
        this works on the gateway's files, and not through a console: run it on the gateway's machine with --data DIR or \
        --config FILE. Through a console there are audit search, show, tail and export, evidence, ledger prove, \
        policy explain, approvals, sessions and status
        """

    func directory() throws -> DataDirectory { try data.directory() }
}
