/// A node of the file: what the readers see of YAML, without tags, anchors or types that YAML guesses.
struct YAMLNode {
    enum Content {
        /// The text as written. Whether it is a number, a date or a name is for the reader of the key to say.
        case scalar(String, isPlain: Bool)
        case sequence([YAMLNode])
        case mapping([YAMLMember])
    }

    var content: Content
    var place: Place

    /// What a person would call it.
    var kind: String {
        switch content {
        case .scalar("", isPlain: true): "nothing"
        case .scalar: "a value"
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }
}

/// A key with its value.
struct YAMLMember {
    var key: String
    var place: Place
    var value: YAMLNode
}
