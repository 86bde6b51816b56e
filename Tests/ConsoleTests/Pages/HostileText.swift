import AccessModel

/// What somebody writes into a claim, a statement or a name who wants a page to act.
enum HostileText {
    /// Tags, ends of attributes, templates, turned directions; quotes that a combining mark or a letter joins into one
    /// character with what is beside them.
    static let all = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(2)>", "' onmouseover='alert(3)",
        "\u{0D4E}\" onfocus=alert(4) x=\"",
        "\"\u{0301} onclick=alert(5) x=\"\u{0301}", "<\u{0338}b>", "{{title}}{{{content}}}{{#person}}",
        "\u{202E}gnp.exe\u{202C}",
        "javascript:alert(6)", "</textarea><script>alert(7)</script>", "</title><style>*{display:none}</style>",
        "`${alert(8)}`",
        "--><!--", "&lt;b&gt;&quot;", "a\u{0}b\u{7}\u{1B}[31m\r\n\u{2028}",
    ]

    static let text = all.joined(separator: " ")

    /// As a JSON string.
    static let json: String = {
        var json = JSONBytes()
        json.append(text)
        return String(decoding: json.bytes, as: UTF8.self)
    }()
}
