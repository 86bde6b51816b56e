internal import AccessModel

/// Text that a browser shows and never acts on.
enum HTMLText {
    /// On one line, without characters that act or turn the direction of what follows.
    static func line(_ text: String) -> String {
        escaped(text.onOneLine)
    }

    /// With its lines.
    static func block(_ text: String) -> String {
        escaped(text.terminalLines.joined(separator: "\n"))
    }

    private static func escaped(_ text: String) -> String {
        var html = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": html += "&amp;"
            case "<": html += "&lt;"
            case ">": html += "&gt;"
            case "\"": html += "&quot;"
            case "'": html += "&#39;"
            default: html.unicodeScalars.append(scalar)
            }
        }
        return html
    }
}
