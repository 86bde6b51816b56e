internal import AccessModel

/// Prints for people, or one JSON object a line.
struct Printer {
    let json: Bool
    let output: Output
    let style: TextStyle

    /// A line of JSON that exists already.
    func object(_ bytes: some Collection<UInt8>) throws {
        try output.line(bytes)
    }

    func object(_ json: JSONBytes) throws {
        try output.line(json.bytes)
    }

    func line(_ text: String = "") throws {
        try output.line(text)
    }

    /// `name  value` lines, the values under each other. A value without content is left out.
    func members(_ members: [(name: String, value: String)], indent: String = "") throws {
        let shown = members.filter { !$0.value.isEmpty }
        let width = shown.map(\.name.count).max() ?? 0
        for (name, value) in shown {
            let padding = String(repeating: " ", count: width - name.count + 2)
            try output.line(indent + style.dim(name) + padding + value)
        }
    }

    func flush() throws {
        try output.flush()
    }
}
