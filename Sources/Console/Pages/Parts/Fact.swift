/// A name and what is to be said of it, for the templates `facts` and `value`.
enum Fact {
    static func text(_ name: String, _ value: String?, note: String? = nil) -> PageView? {
        value.flatMap { $0.isEmpty ? nil : PageView(present: ["name": name, "text": $0, "note": note]) }
    }

    static func code(_ name: String, _ value: String?, href: String? = nil) -> PageView? {
        value.flatMap { $0.isEmpty ? nil : PageView(present: ["name": name, "code": $0, "href": href]) }
    }

    static func link(_ name: String, _ value: String?, to href: String?, note: String? = nil) -> PageView? {
        value.flatMap { $0.isEmpty ? nil : PageView(present: ["name": name, "text": $0, "href": href, "note": note]) }
    }

    static func time(_ name: String, _ value: PageJSON, countsDown: Bool = false) -> PageView? {
        PageTime.view(value, countsDown: countsDown).map { PageView(present: ["name": name, "time": $0]) }
    }

    static func list(_ name: String, _ values: [String]) -> PageView? {
        values.isEmpty ? nil : PageView(present: ["name": name, "list": values])
    }

    static func badge(_ name: String, _ words: String, tone: Tone, note: String? = nil) -> PageView {
        PageView(present: ["name": name, "badge": badge(words, tone), "note": note])
    }

    /// For the class `badge`: a word, and a shape by its tone.
    static func badge(_ words: String, _ tone: Tone) -> PageView {
        PageView(present: ["words": words, "tone": tone.rawValue])
    }

    /// A text that somebody else wrote; a link where it is an address of the web.
    static func outward(_ name: String, _ value: String?) -> PageView? {
        guard let value, !value.isEmpty else { return nil }
        let href = PageLink.outward(value)
        return PageView(present: ["name": name, "text": value, "href": href, "outward": href == nil ? nil : true])
    }
}
