extension String {
    /// This text on one line, with nothing in it that a terminal acts on or that turns the direction of what follows:
    /// a statement that someone else wrote must not be able to draw on the reader's screen.
    package var onOneLine: String {
        var shown = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "\n", "\t", "\r": if shown.last != " " { shown += " " }
            case " " where shown.last == " ": break
            default: shown += String.terminal(scalar)
            }
        }
        return shown
    }

    /// The lines of this text, harmless as above.
    package var terminalLines: [String] {
        split(omittingEmptySubsequences: false) { $0.isNewline }.map { line in
            line.unicodeScalars.map { $0 == "\t" ? "    " : String.terminal($0) }.joined()
        }
    }

    private static func terminal(_ scalar: Unicode.Scalar) -> String {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate:
            "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
        default: String(scalar)
        }
    }
}
