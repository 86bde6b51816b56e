/// A page as a strict reader sees it: what is not well-formed, and what a page of this console never has, is refused.
struct ScannedPage {
    struct Tag: Hashable {
        var name: String
        var attributes: [String: String]
    }

    struct Malformed: Error, CustomStringConvertible {
        var description: String
    }

    private(set) var tags: [Tag] = []
    /// Everything between tags, as written.
    private(set) var text = ""

    private static let empty: Set<String> = ["meta", "link", "img", "input", "br", "rect", "path"]

    init(_ html: String) throws {
        var rest = html.unicodeScalars[...]
        var open: [String] = []
        while let scalar = rest.popFirst() {
            guard scalar == "<" else {
                guard scalar != ">" else { throw Malformed(description: "a lone > after \(text.suffix(60))") }
                text.unicodeScalars.append(scalar)
                continue
            }
            guard let end = rest.firstIndex(of: ">") else { throw Malformed(description: "a tag without an end") }
            let body = String(rest[..<end])
            rest = rest[rest.index(after: end)...]
            if body.hasPrefix("!doctype") { continue }
            if body.hasPrefix("/") {
                let name = String(body.dropFirst())
                guard open.popLast() == name else { throw Malformed(description: "</\(name)> closes nothing") }
            } else {
                let tag = try ScannedPage.tag(body)
                tags.append(tag)
                if !ScannedPage.empty.contains(tag.name) { open.append(tag.name) }
            }
        }
        guard open.isEmpty else { throw Malformed(description: "open at the end: \(open)") }
    }

    /// `name a="b" c`; a value stands in double quotes, and holds neither quotes nor angles.
    private static func tag(_ body: String) throws -> Tag {
        var rest = (body.hasSuffix("/") ? body.dropLast() : body[...]).unicodeScalars
        func word() -> String {
            let word = rest.prefix {
                ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0) || $0 == "-"
            }
            rest = rest[word.endIndex...]
            return String(word)
        }
        var tag = Tag(name: word(), attributes: [:])
        guard !tag.name.isEmpty else { throw Malformed(description: "<\(body)>") }
        while rest.first == " " || rest.first == "\n" {
            rest.removeFirst()
            if rest.isEmpty { break }
            let name = word()
            guard !name.isEmpty, tag.attributes[name] == nil else { throw Malformed(description: "<\(body)>") }
            guard rest.first == "=" else {
                tag.attributes[name] = ""
                continue
            }
            rest.removeFirst()
            guard rest.popFirst() == "\"", let end = rest.firstIndex(of: "\"") else {
                throw Malformed(description: "<\(body)>")
            }
            tag.attributes[name] = String(rest[..<end])
            rest = rest[rest.index(after: end)...]
        }
        guard rest.isEmpty else { throw Malformed(description: "<\(body)>") }
        return tag
    }

    func values(of attribute: String) -> [String] { tags.compactMap { $0.attributes[attribute] } }

    /// Links and the like, with their escapes resolved.
    var addresses: [String] {
        ["href", "src", "action"].flatMap(values).map { $0.replacing("&amp;", with: "&") }
    }
}
