internal import AccessModel

/// What the maker of a bundle says of it. Nothing vouches for this.
package struct EvidenceOrigin: Hashable, Sendable {
    /// What was asked for: `record 01J…`, `session 01J…`, `commit 69a2c3d4`.
    package var asked: String
    /// RFC 3339.
    package var made: String
    /// Program and version.
    package var maker: String
    /// Which texts README.txt and index.html are: those of this program, or of another version.
    package var texts: UInt64

    package static let currentTexts: UInt64 = 1

    package init(asked: String, made: String, maker: String, texts: UInt64 = EvidenceOrigin.currentTexts) {
        self.asked = asked
        self.made = made
        self.maker = maker
        self.texts = texts
    }

    /// `{"format":"countersign-bundle/1","texts":1,"asked":"…","made":"…","maker":"…"}`
    var json: [UInt8] {
        var json = JSONBytes()
        json.appendRaw("{")
        json.member("format")
        json.append(EvidenceOrigin.format)
        json.member("texts")
        json.append(texts)
        json.member("asked")
        json.append(asked)
        json.member("made")
        json.append(made)
        json.member("maker")
        json.append(maker)
        json.appendRaw("}\n")
        return json.bytes
    }

    static let format = "countersign-bundle/1"

    init(_ bytes: [UInt8]) throws(BundleError) {
        guard bytes.last == 0x0A, let members = JSONMembers(Array(bytes.dropLast())) else {
            throw .member("bundle.json", "it is no JSON object in one line")
        }
        let format = members.string("format") ?? "?"
        guard format.hasBytes(of: EvidenceOrigin.format) else { throw .unknownVersion(format.onOneLine) }
        guard let texts = members.number("texts"), let asked = members.string("asked"),
            let made = members.string("made"), let maker = members.string("maker")
        else { throw .member("bundle.json", "a member is missing") }
        self.init(asked: asked, made: made, maker: maker, texts: texts)
    }
}
