internal import AccessModel

/// The text with a sub-select in each place that reads a masked relation.
struct MaskSplice {
    /// Sorted by place.
    private(set) var edits: [TextEdit] = []
    private(set) var text: [UInt8] = []
    /// For each site: the byte of the rewritten text where its relation's name begins.
    private(set) var locations: [Int] = []

    private let tokens: SourceTokens
    private let masks: MasksInForce

    init(_ parsed: ParsedText, _ places: MaskPlaces, _ masks: MasksInForce, limit: Int) throws(MaskRefusal) {
        guard let tokens = SourceTokens(parsed.text, terminated: parsed.terminated) else { throw .notParsed }
        (self.tokens, self.masks) = (tokens, masks)
        var size = parsed.text.count
        var anchors: [(range: Range<Int>, offset: Int)] = []
        for site in places.sites {
            guard let (edit, anchor) = edit(site) else { throw .differs }
            size += edit.replacement.count
            guard size <= limit else { throw .tooLong }
            edits.append(edit)
            anchors.append((edit.range, anchor))
        }
        var done: Set<Int> = []
        for reference in places.prefixed {
            let location = parsed.tree.number("location", of: Int(parsed.tape[reference.entry].start)) ?? 0
            guard let range = prefix(location, reference.count) else { throw .differs }
            if done.insert(location).inserted { edits.append(TextEdit(range: range, replacement: [])) }
        }
        edits.sort { $0.range.lowerBound < $1.range.lowerBound }
        guard let text = TextEdit.apply(edits, to: parsed.text) else { throw .differs }
        self.text = text
        locations = moved(anchors)
    }

    /// Where each anchor comes to stand: its offset in its own edit, moved by the edits before it.
    private func moved(_ anchors: [(range: Range<Int>, offset: Int)]) -> [Int] {
        var shift = 0
        var moved: [Int] = []
        var edits = edits[...]
        for anchor in anchors {
            while let edit = edits.first, edit.range.lowerBound < anchor.range.lowerBound {
                shift += edit.replacement.count - edit.range.count
                edits.removeFirst()
            }
            moved.append(anchor.range.lowerBound + shift + anchor.offset)
        }
        return moved
    }

    // MARK: - Relations

    /// What takes the place of a site, and where in it the relation's name begins.
    private func edit(_ site: MaskSite) -> (edit: TextEdit, anchor: Int)? {
        guard let source = masks.sources[site.relation], let first = tokens.index(at: site.location) else { return nil }
        var behind = tokens.behindIdentifier(first)
        while tokens.isWord(behind, ".") { behind = tokens.behindIdentifier(behind + 1) }
        if let copy = site.copy { return self.copy(source, copy, first, behind) }
        guard let words = words(site, first, behind) else { return nil }
        // TABLE t is short for SELECT * FROM t.
        let isTable = tokens.isWord(words.lowerBound - 1, "table")
        let opening = isTable ? Array("SELECT * FROM ".utf8) : []
        let alias = site.hasAlias ? [] : Array(" AS \(QuotedName.of(source.relation.name.name))".utf8)
        guard let range = bytes(isTable ? words.lowerBound - 1 : words.lowerBound, words.upperBound) else { return nil }
        let text = opening + source.text(isOnly: site.isOnly) + alias
        return (TextEdit(range: range, replacement: text), opening.count + source.anchor(isOnly: site.isOnly))
    }

    /// The words of a relation in FROM: its name with ONLY, its parentheses, or `*`.
    private func words(_ site: MaskSite, _ first: Int, _ behind: Int) -> Range<Int>? {
        guard site.isOnly else { return first..<(tokens.isWord(behind, "*") ? behind + 1 : behind) }
        if tokens.isWord(first - 1, "only") { return first - 1..<behind }
        guard tokens.isWord(first - 1, "("), tokens.isWord(first - 2, "only"), tokens.isWord(behind, ")") else {
            return nil
        }
        return first - 2..<behind + 1
    }

    /// COPY t (a, b) is COPY (SELECT a, b FROM ONLY t).
    private func copy(
        _ source: MaskedSource,
        _ copy: MaskSite.Copy,
        _ first: Int,
        _ behind: Int
    ) -> (edit: TextEdit, anchor: Int)? {
        guard let end = copy.hasList ? tokens.behindParentheses(behind) : behind, let range = bytes(first, end) else {
            return nil
        }
        let (opening, closing) = source.copying(copy.columns)
        let text = opening + source.text(isOnly: true) + closing
        return (TextEdit(range: range, replacement: text), opening.count + source.anchor(isOnly: true))
    }

    // MARK: - Columns

    /// The bytes of the first names of a column reference, with their dots.
    private func prefix(_ location: Int, _ count: Int) -> Range<Int>? {
        guard let first = tokens.index(at: location) else { return nil }
        var behind = first
        for _ in 0..<count {
            behind = tokens.behindIdentifier(behind)
            guard tokens.isWord(behind, ".") else { return nil }
            behind += 1
        }
        guard tokens.ranges.indices.contains(behind) else { return nil }
        return location..<tokens.ranges[behind].lowerBound
    }

    /// The bytes of the words from `first` to the one before `behind`.
    private func bytes(_ first: Int, _ behind: Int) -> Range<Int>? {
        guard first >= 0, first < behind, behind <= tokens.ranges.count else { return nil }
        return tokens.ranges[first].lowerBound..<tokens.ranges[behind - 1].upperBound
    }
}
