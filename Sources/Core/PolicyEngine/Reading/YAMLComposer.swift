import Yams

/// Text to `YAMLNode`: plain YAML alone. Anchors, aliases, merge keys, tags, several documents and duplicate keys are
/// errors, because each of them makes a file say something else than what it shows.
struct YAMLComposer {
    /// Bytes of the file.
    static let maximumBytes = 4 << 20
    /// Mappings and lists inside each other; the configuration needs seven.
    static let maximumDepth = 16

    let sink: DiagnosticSink

    /// Nil when the file could not be read as plain YAML; what is wrong is in the sink.
    func compose(_ text: String) -> YAMLNode? {
        guard text.utf8.count <= YAMLComposer.maximumBytes else {
            sink.report(.error, at: .start, "the file is longer than \(YAMLComposer.maximumBytes >> 20) MiB")
            return nil
        }
        if let finding = YAMLPrescan.find(in: text) {
            sink.report(.error, at: finding.place, finding.message)
            return nil
        }
        do {
            // The basic resolver guesses no types, so `1` and "1" are one key and nothing becomes a date.
            // Anchors are weak references into the parser: it has to live until the tree was looked through.
            let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
            guard let root = try parser.singleRoot() else {
                sink.report(.error, at: .start, "the file is empty")
                return nil
            }
            return withExtendedLifetime(parser) { convert(root, depth: 0) }
        } catch let error as YamlError {
            report(error, in: text)
        } catch {
            sink.report(.error, at: .start, "the file is not YAML")
        }
        return nil
    }

    private func convert(_ node: Node, depth: Int) -> YAMLNode? {
        let place = YAMLComposer.place(of: node.mark)
        guard depth <= YAMLComposer.maximumDepth else {
            sink.report(.error, at: place, "nested deeper than \(YAMLComposer.maximumDepth) levels")
            return nil
        }
        guard node.anchor == nil else {
            sink.report(.error, at: place, "YAML anchors and aliases are not accepted: write the value out")
            return nil
        }
        switch node {
        case .scalar(let scalar):
            guard hasPlainTag(scalar.tag, "str", at: place) else { return nil }
            return YAMLNode(content: .scalar(scalar.string, isPlain: scalar.style == .plain), place: place)
        case .sequence(let sequence):
            guard hasPlainTag(sequence.tag, "seq", at: place) else { return nil }
            let items = sequence.compactMap { convert($0, depth: depth + 1) }
            return YAMLNode(content: .sequence(items), place: place)
        case .mapping(let mapping):
            guard hasPlainTag(mapping.tag, "map", at: place) else { return nil }
            return YAMLNode(content: .mapping(members(of: mapping, depth: depth)), place: place)
        case .alias:
            sink.report(.error, at: place, "YAML anchors and aliases are not accepted: write the value out")
            return nil
        }
    }

    private func members(of mapping: Node.Mapping, depth: Int) -> [YAMLMember] {
        var members: [YAMLMember] = []
        var seen: [String: Place] = [:]
        for (keyNode, valueNode) in mapping {
            guard let key = convert(keyNode, depth: depth + 1) else { continue }
            guard case .scalar(let name, _) = key.content else {
                sink.report(.error, at: key.place, "a key is a plain text, not \(key.kind)")
                continue
            }
            guard name != "<<" else {
                sink.report(.error, at: key.place, "YAML merge keys are not accepted: write the keys out")
                continue
            }
            if let first = seen.updateValue(key.place, forKey: name) {
                sink.report(.error, at: key.place, "`\(name.shown)` is already given in line \(first.line)")
            }
            guard let value = convert(valueNode, depth: depth + 1) else { continue }
            members.append(YAMLMember(key: name, place: key.place, value: value))
        }
        return members
    }

    /// A quoted scalar carries the tag of its kind; anything else was written as a tag.
    private func hasPlainTag(_ tag: Tag, _ kind: String, at place: Place) -> Bool {
        if tag == .implicit || tag.rawValue == "tag:yaml.org,2002:\(kind)" { return true }
        sink.report(.error, at: place, "YAML tags are not accepted")
        return false
    }

    private static func place(of mark: Mark?) -> Place {
        mark.map { Place(line: $0.line, column: $0.column) } ?? .start
    }

    private func report(_ error: YamlError, in text: String) {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _):
            let words = context.map { "\($0.text) (line \($0.mark.line)): \(problem)" } ?? problem
            sink.report(.error, at: YAMLComposer.place(of: mark), "not YAML: \(words)")
        case .composer(_, let problem, let mark, _):
            sink.report(.error, at: YAMLComposer.place(of: mark), "not YAML: \(problem)")
        case .duplicatedKeysInMapping(let keys, let context):
            reportDuplicates(keys, firstAt: YAMLComposer.place(of: context.mark), in: text)
        case .reader, .memory, .no, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
            sink.report(.error, at: .start, "the file is not YAML in UTF-8")
        }
    }

    /// The library names the keys and the place of the first one alone. The second is found where a line starts with
    /// the same key in the same column; where it cannot be found, the first place must do.
    private func reportDuplicates(_ keys: [String], firstAt first: Place, in text: String) {
        let key = keys.first ?? ""
        var line = 0
        for content in text.split(separator: "\n", omittingEmptySubsequences: false) {
            line += 1
            let head = content.unicodeScalars.prefix(first.column - 1)
            let rest = content.unicodeScalars.dropFirst(first.column - 1)
            guard line > first.line, head.allSatisfy({ $0 == " " || $0 == "-" }) else { continue }
            let text = String(String.UnicodeScalarView(rest))
            guard text.hasPrefix("\(key):") || text.hasPrefix("\"\(key)\":") || text.hasPrefix("'\(key)':") else {
                continue
            }
            let place = Place(line: line, column: first.column)
            return sink.report(.error, at: place, "`\(key.shown)` is already given in line \(first.line)")
        }
        sink.report(.error, at: first, "`\(key.shown)` is given more than once in one mapping")
    }
}
