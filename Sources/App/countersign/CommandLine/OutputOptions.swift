internal import ArgumentParser

/// How a reading command prints.
struct OutputOptions: ParsableArguments {
    @Flag(name: .long, help: "One JSON object a line.")
    var json = false

    func printer() -> Printer {
        Printer(json: json, output: .standard(), style: .standardOutput())
    }
}
