/// A command's statement with its parameters, for the template `statement`.
enum StatementView {
    /// `layout`: the text laid out for reading, where it is more than the text.
    static func view(_ command: PageJSON, layout: String? = nil) -> PageView {
        let parameters = parameters(command)
        return PageView(present: [
            "text": command["text"].string,
            "without": without(command),
            "layout": layout,
            "hasParameters": parameters.isEmpty ? nil : true,
            "parameters": parameters,
        ])
    }

    /// Why the text does not stand here.
    private static func without(_ command: PageJSON) -> String? {
        guard command["text"].string == nil else { return nil }
        let bytes = command["bytes"].number.map { " of \(Digits.counted($0, "byte"))" } ?? ""
        let digest = command["sha256"].string.map { "; its SHA-256 is \($0)" } ?? ""
        return "The statement\(bytes) is kept beside the record\(digest)."
    }

    private static func parameters(_ command: PageJSON) -> [PageView] {
        if let bytes = command["parameters_blob"]["bytes"].number {
            return [
                PageView(present: ["name": "$…", "note": "\(Digits.counted(bytes, "byte")), kept beside the record"])
            ]
        }
        if let digest = command["parameters_hmac_sha256"].string {
            return [PageView(present: ["name": "$…", "note": "recorded as a keyed hash: \(digest)"])]
        }
        return command["parameters"].items.enumerated().map { index, value in
            PageView(present: [
                "name": "$\(index + 1)",
                "code": value.isNothing ? nil : text(value),
                "note": value == .null ? "NULL" : (value.string == "" ? "an empty text" : nil),
            ])
        }
    }

    private static func text(_ value: PageJSON) -> String {
        value.words ?? value.members.map { "\($0.name): \($0.value.words ?? "…")" }.joined(separator: ", ")
    }
}
