extension Field {
    /// A name that the file gives or refers to: letters, digits, `.`, `_`, `-`; at most 63 characters.
    func name() -> String? {
        guard let text = line(limit: 256) else { return nil }
        return Field.isName(text) ? text : fail(Field.nameRule(text))
    }

    /// A name that the file gives elsewhere.
    func reference(to what: String, in names: [String]) -> String? {
        guard let text = line(limit: 256) else { return nil }
        guard names.contains(text) else {
            return fail("there is no \(what) `\(text.shown)`\(NearestWord.suggestion(for: text, in: names))")
        }
        return text
    }

    static func isName(_ text: String) -> Bool {
        guard (1...63).contains(text.utf8.count), let first = text.utf8.first, first != 0x2D, first != 0x2E else {
            return false
        }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
            default: false
            }
        }
    }

    static func nameRule(_ text: String) -> String {
        "`\(text.shown)` is no name: letters, digits, `_`, `-` and `.`, at most 63, and not `-` or `.` first"
    }

    /// The id of a person: printable, without spaces, at most 254 bytes.
    static func isID(_ text: String) -> Bool {
        (1...254).contains(text.utf8.count)
            && text.unicodeScalars.allSatisfy { $0.value > 0x20 && !$0.properties.isWhitespace && $0.value != 0x7F }
    }
}
