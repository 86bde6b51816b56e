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
        var previous: Unicode.Scalar = "\n"
        var isTag = false
        for scalar in text.unicodeScalars {
            if let message = refusal(of: scalar) { return Finding(place: place, message: message) }
            let startsToken =
                previous == " " || previous == "\t" || previous == "\n" || "[{,:?-".unicodeScalars.contains(previous)
            if scalar == "&", startsToken, isTag || last.map({ "[{,:?-".unicodeScalars.contains($0) }) ?? true {
                return Finding(
                    place: place,
                    message:
                        "YAML anchors and aliases are not accepted: write the value out (in a text, put no `&` here)"
                )
            }
            switch scalar {
            case "\n":
                place = Place(line: place.line + 1, column: 0)
                last = nil
                isTag = false
            case " ", "\t", "\r": break
            default:
                if startsToken { isTag = scalar == "!" }
                last = scalar
            }
            place.column += 1
            previous = scalar == "\r" ? "\n" : scalar
        }
        return nil
    }

    /// Control characters, and the characters that YAML takes for line breaks but no editor shows.
    private static func refusal(of scalar: Unicode.Scalar) -> String? {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D: nil
        case 0..<0x20, 0x7F..<0xA0: "a control character (U+\(String(scalar.value, radix: 16, uppercase: true)))"
        case 0x2028, 0x2029, 0xFEFF, 0x202A...0x202E, 0x2066...0x2069:
            "an invisible character (U+\(String(scalar.value, radix: 16, uppercase: true)))"
        default: nil
        }
    }
}
