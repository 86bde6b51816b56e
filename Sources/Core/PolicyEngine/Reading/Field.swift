/// A value of the file on its way into a type: where it stands, and where to say what is wrong with it.
struct Field {
    var node: YAMLNode
    /// The keys that lead here: `roles.nightly.session.idle`.
    var path: String
    /// The key of this value; nil for an item of a list and for the file itself.
    var key: Place?
    var sink: DiagnosticSink

    /// Scalars of a path of keys that an error shows: the longest that means anything, such as a mask's in a grant, is
    /// shorter.
    private static let longestPath = 1024

    /// What is wrong with a mapping as a whole is shown at its key, not at the first key inside.
    var place: Place {
        if case .mapping = node.content { key ?? node.place } else { node.place }
    }

    /// Reports an error here; returns nil so that a reader can end with it.
    func fail<Value>(_ message: String) -> Value? {
        report(message)
        return nil
    }

    /// Reports an error here, or at a place inside.
    func report(_ message: String, at place: Place? = nil) {
        sink.report(
            .error,
            at: place ?? self.place,
            path.isEmpty ? message : "\(path.shown(limit: Field.longestPath)): \(message)"
        )
    }

    func inside(_ node: YAMLNode, _ step: String, key: Place? = nil) -> Field {
        Field(node: node, path: path + step, key: key, sink: sink)
    }

    /// A scalar that is there and not empty, without control characters and at most `limit` bytes.
    func text(limit: Int = 4096) -> String? {
        guard case .scalar(let text, _) = node.content else { return fail("expected a text, not \(node.kind)") }
        guard !text.isEmpty, !isNull else { return fail("has no value") }
        guard text.utf8.count <= limit else { return fail("is longer than \(limit) bytes") }
        guard !text.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\n" || $0.value == 0x7F }) else {
            return fail("holds a control character")
        }
        return text
    }

    /// A text of one line.
    func line(limit: Int = 4096) -> String? {
        guard let text = text(limit: limit) else { return nil }
        guard !text.contains("\n") else { return fail("is more than one line") }
        return text
    }

    /// Whether the value is what YAML calls null.
    var isNull: Bool {
        guard case .scalar(let text, isPlain: true) = node.content else { return false }
        return text.isEmpty || text == "~" || text == "null" || text == "Null" || text == "NULL"
    }

    /// A list with at least one item.
    func list<Item>(of what: String, _ read: (Field) -> Item?) -> [Item]? {
        guard case .sequence(let nodes) = node.content else {
            return fail("expected a list of \(what), not \(node.kind)")
        }
        guard !nodes.isEmpty else { return fail("is empty: a list of \(what) needs at least one") }
        let items = nodes.enumerated().map { read(inside($1, "[\($0)]")) }
        let good = items.compactMap { $0 }
        return good.count == items.count ? good : nil
    }

    /// One item, or a list of them.
    func oneOrMore<Item>(of what: String, _ read: (Field) -> Item?) -> [Item]? {
        guard case .sequence = node.content else { return read(self).map { [$0] } }
        return list(of: what, read)
    }
}
