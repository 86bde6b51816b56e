internal import AccessModel

/// Compares the syntax tree of a rewritten text with that of the text it was made of: they must be the same but for the
/// places that were to be replaced, and in those nothing but the sub-selects that were meant.
struct MaskVerification {
    private let original: ParsedText
    private let places: MaskPlaces
    private let splice: MaskSplice
    private let masks: MasksInForce

    init(_ original: ParsedText, _ places: MaskPlaces, _ splice: MaskSplice, _ masks: MasksInForce) {
        (self.original, self.places, self.splice, self.masks) = (original, places, splice, masks)
    }

    func holds(for rewritten: ParsedText) throws(MaskRefusal) -> Bool {
        guard var stands = standsOfOriginal(), var others = standsOfRewritten(rewritten),
            let list = original.tape.member(.stmts, of: 0), let otherList = rewritten.tape.member(.stmts, of: 0)
        else { return false }
        let raws = (original.tape.children(of: list), rewritten.tape.children(of: otherList))
        guard raws.0.count == raws.1.count else { return false }
        let copies = copies
        for (raw, other) in zip(raws.0, raws.1) {
            guard let site = original.tape.member(.stmt, of: raw).flatMap({ copies[$0 + 1] }) else { continue }
            guard try isCopy(other, rewritten, site) else { return false }
            stands[Int(original.tape[raw].start)] = .mark(site)
            others[Int(rewritten.tape[other].start)] = .mark(site)
        }
        let shape = TreeShape.of(original.tree, at: Int(original.tape[list].start), stands: stands)
        return shape == TreeShape.of(rewritten.tree, at: Int(rewritten.tape[otherList].start), stands: others)
    }

    /// The sites that are COPY statements, by their nodes in the tape.
    private var copies: [Int: Int] {
        var copies: [Int: Int] = [:]
        for (index, site) in places.sites.enumerated() {
            if let copy = site.copy { copies[copy.statement] = index }
        }
        return copies
    }

    /// The nodes of the sites, and the names that are taken from column references.
    private func standsOfOriginal() -> [Int: TreeShape.Stand]? {
        var stands: [Int: TreeShape.Stand] = [:]
        let tape = original.tape
        for (entry, site) in places.entries where places.sites[site].copy == nil {
            // `{"RangeVar":{…}}`
            guard tape[entry].key == .rangeVar, tape.next(entry - 1) == tape.next(entry) else { return nil }
            stands[Int(tape[entry - 1].start)] = .mark(site)
        }
        for (entry, count) in places.prefixed {
            guard let fields = tape.children(of: entry).first(where: { tape[$0].marks.contains(.array) }) else {
                return nil
            }
            for name in tape.children(of: fields).prefix(count) { stands[Int(tape[name].start)] = .nothing }
        }
        return stands
    }

    /// The nodes of the sub-selects that were put in; nil unless each is as it was meant.
    private func standsOfRewritten(_ rewritten: ParsedText) -> [Int: TreeShape.Stand]? {
        let sites = Dictionary(zip(splice.locations, places.sites.indices)) { first, _ in first }
        let tape = rewritten.tape
        var stands: [Int: TreeShape.Stand] = [:]
        var open: [Int] = []
        for index in tape.all {
            while let last = open.last, tape.next(last) <= index { open.removeLast() }
            if tape[index].key == .rangeSubselect { open.append(index) }
            guard tape[index].marks.contains(.relation), let site = location(index, rewritten).flatMap({ sites[$0] })
            else { continue }
            if places.sites[site].copy != nil { continue }
            guard let query = open.last, isMeant(query, rewritten, site) else { return nil }
            stands[Int(tape[query - 1].start)] = .mark(site)
        }
        return stands
    }

    private func location(_ index: Int, _ parsed: ParsedText) -> Int? {
        parsed.tree.number("location", of: Int(parsed.tape[index].start))
    }

    private func isMeant(_ query: Int, _ rewritten: ParsedText, _ index: Int) -> Bool {
        let site = places.sites[index]
        guard let source = masks.sources[site.relation] else { return false }
        var expected = Array(#"{"subquery":"#.utf8) + source.shape(isOnly: site.isOnly)
        expected += Array(#","alias":"#.utf8)
        if let alias = original.tree.member("alias", of: Int(original.tape[site.entry].start)) {
            expected += TreeShape.of(original.tree, at: alias)
        } else if let name = original.tree.member("relname", of: Int(original.tape[site.entry].start)) {
            expected += Array(#"{"aliasname":"#.utf8) + TreeShape.of(original.tree, at: name) + [0x7D]
        }
        expected.append(0x7D)
        return TreeShape.of(rewritten.tree, at: Int(rewritten.tape[query].start)) == expected
    }

    // MARK: - COPY

    /// Whether the statement of a rewritten text is the COPY of a site, of the query that was meant.
    private func isCopy(_ raw: Int, _ rewritten: ParsedText, _ index: Int) throws(MaskRefusal) -> Bool {
        let site = places.sites[index]
        guard let copy = site.copy, let source = masks.sources[site.relation],
            let holder = rewritten.tape.member(.stmt, of: raw),
            let node = rewritten.tape.member(.copyStmt, of: holder),
            let query = rewritten.tape.member(.query, of: node)
        else { return false }
        let shape = TreeShape.of(rewritten.tree, at: Int(rewritten.tape[query].start))
        guard try shape == source.copyingShape(copy.columns) else { return false }
        let kept = members(original, copy.statement, except: [.relation, .attlist])
        return kept == members(rewritten, node, except: [.query])
    }

    private func members(_ parsed: ParsedText, _ node: Int, except skipped: Set<SyntaxKey>) -> [[UInt8]] {
        let start = Int(parsed.tape[node].start)
        return parsed.tree.members(of: start).filter { member in
            !skipped.contains { $0.rawValue.utf8.elementsEqual(parsed.text(member.name)) }
        }.map { parsed.text($0.name) + [0x3A] + TreeShape.of(parsed.tree, at: $0.value) }
    }
}

extension ParsedText {
    fileprivate func text(_ range: Range<Int>) -> [UInt8] {
        Array(tape.json[range])
    }
}
