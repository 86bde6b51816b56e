/// The `options` parameter: words of a command line, `-c name=value` or `--name=value`.
package enum StartupOptions {
    /// The settings in order. Words are split at white space; a backslash takes the next character as it is
    /// (PostgreSQL's pg_split_opts). Nil for any word that sets nothing: `-F`, `-e` and kin are switches of the server.
    package static func parse(_ text: String) -> [StartupParameter]? {
        guard let words = words(of: text) else { return nil }
        var settings: [StartupParameter] = []
        var rest = words[...]
        while let word = rest.popFirst() {
            var assignment: Substring
            if word == "-c" {
                guard let next = rest.popFirst() else { return nil }
                assignment = next[...]
            } else if word.hasPrefix("-c") || word.hasPrefix("--") {
                assignment = word.dropFirst(2)
            } else {
                return nil
            }
            guard let equals = assignment.firstIndex(of: "="), equals != assignment.startIndex else { return nil }
            // The server reads `--statement-timeout` as `statement_timeout`.
            let name = assignment[..<equals].replacing("-", with: "_")
            settings.append(StartupParameter(String(name), String(assignment[assignment.index(after: equals)...])))
        }
        return settings
    }

    private static func words(of text: String) -> [String]? {
        var words: [String] = []
        var word: String?
        var isEscaped = false
        for character in text.unicodeScalars {
            if isEscaped {
                word = (word ?? "") + String(character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
                word = word ?? ""
            } else if " \t\n\r\u{B}\u{C}".unicodeScalars.contains(character) {
                if let whole = word { words.append(whole) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        guard !isEscaped else { return nil }
        if let whole = word { words.append(whole) }
        return words
    }
}
