/// What has to be refused before the YAML library sees the text.
///
/// The library expands aliases while it reads, and hashes keys with all that they hold: a few lines of aliases as a
/// key would keep it busy for ever. An alias needs an anchor, so a text without anchors is safe. The scan knows no
/// quotes on purpose: an odd quote must not hide an anchor from it. It may so refuse a text in quotes that looks like
/// one (`"a, &b"`), and says how to write it.
enum YAMLPrescan {
    struct Finding {
        var place: Place
        var message: String
    }

    static func find(in text: String) -> Finding? {
        var place = Place.start
        // The last character before the white space, and whether the token that it ends began with `!`, a tag.
        var last: Unicode.Scalar?
        var isTag = false
        var previous: Unicode.Scalar = "\n"
        for scalar in text.unicodeScalars {
            if let message = refusal(of: scalar) { return Finding(place: place, message: message) }
            let startsToken = isBlank(previous) || isIndicator(previous) && previous != "-"
            if scalar == "&", startsToken, isTag || last.map(isIndicator) ?? true {
                return Finding(place: place, message: anchor)
            }
            if scalar == "\n" || scalar == "\r" {
                (last, isTag) = (nil, false)
            } else if !isBlank(scalar) {
                if startsToken { isTag = scalar == "!" }
                last = scalar
            }
            place =
                scalar == "\n"
                ? Place(line: place.line + 1, column: 1) : Place(line: place.line, column: place.column + 1)
            previous = scalar
        }
        return nil
    }

    private static let anchor =
        "YAML anchors and aliases are not accepted: write the value out (in a text, put no `&` here)"

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\n" || scalar == "\t" || scalar == "\r"
    }

    /// What a node may follow.
    private static func isIndicator(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "[", "{", ",", ":", "?", "-": true
        default: false
        }
    }

    /// Control characters, and the characters that YAML takes for line breaks but no editor shows.
    private static func refusal(of scalar: Unicode.Scalar) -> String? {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x20..<0x7F, 0xA0..<0x2028: nil
        case 0..<0x20, 0x7F..<0xA0: "a control character (U+\(String(scalar.value, radix: 16, uppercase: true)))"
        case 0x2028, 0x2029, 0xFEFF, 0x202A...0x202E, 0x2066...0x2069:
            "an invisible character (U+\(String(scalar.value, radix: 16, uppercase: true)))"
        default: nil
        }
    }
}
