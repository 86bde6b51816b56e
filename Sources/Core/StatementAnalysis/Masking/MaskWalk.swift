internal import AccessModel

/// Walks a syntax tape, finds where it reads masked relations, and refuses what cannot be served with masks.
///
/// As `EffectWalk` it walks everything: a relation that stands where no rule expects it is a place that is read. What a
/// statement's rule does not name as harmless is refused.
struct MaskWalk {
    /// What becomes of the rows that a statement reads.
    enum Context: Hashable {
        /// They go to the caller, or into relations, as they are read.
        case rows
        /// EXPLAIN.
        case plan
        /// The statement keeps its query: CREATE VIEW.
        case kept(String)
    }

    let tape: SyntaxTape
    let tree: TreeText
    let masks: MasksInForce
    let scope: NameScope
    let nesting: Int

    var sites: [MaskSite] = []
    /// Column references in the tape, of the statement that is walked.
    var references: [Int] = []
    var context: Context = .rows
    /// The names of WITH queries that can be seen here, outer ones first.
    var visible: [String] = []
    private var depth = 0

    init(_ parsed: ParsedText, _ masks: MasksInForce, _ scope: NameScope, nesting: Int) {
        (tape, tree) = (parsed.tape, parsed.tree)
        (self.masks, self.scope, self.nesting) = (masks, scope, nesting)
    }

    /// Gathers from a part of the tape.
    mutating func walk(_ part: Range<Int>) throws(MaskRefusal) {
        var index = part.lowerBound
        while index < part.upperBound {
            let entry = tape[index]
            if entry.marks.contains(.statement), entry.key != .selectStmt {
                try statement(index)
                index = tape.next(index)
            } else if entry.marks.contains(.scope) {
                try nested(index)
                index = tape.next(index)
            } else if entry.marks.contains(.relation) {
                try relation(index)
                index = tape.next(index)
            } else {
                index = try leaf(index)
            }
        }
    }

    /// Gathers from all members of a node but some.
    mutating func walkMembers(of node: Int, except skipped: Set<SyntaxKey> = []) throws(MaskRefusal) {
        var child = node + 1
        let end = tape.next(node)
        while child < end {
            let next = tape.next(child)
            if !skipped.contains(tape[child].key) { try walk(child..<next) }
            child = next
        }
    }

    /// One level deeper, and back.
    mutating func deeper(_ body: (inout MaskWalk) throws(MaskRefusal) -> Void) throws(MaskRefusal) {
        depth += 1
        defer { depth -= 1 }
        guard depth <= nesting else { throw .tooDeep }
        try body(&self)
    }

    /// What has no statement and no relation of its own; returns where to go on.
    private mutating func leaf(_ index: Int) throws(MaskRefusal) -> Int {
        switch tape[index].key {
        case .aConst, .typeName, .typeNameNode, .alias: return tape.next(index)
        case .columnRef:
            references.append(index)
            try fieldCalls(ColumnReference(tape, at: index).names.dropFirst())
            return tape.next(index)
        case .aIndirection:
            // Its fields are a list of strings behind the expression that they are taken from.
            if let list = tape.member(.indirection, of: index) { try fieldCalls(tape.names(in: list)) }
        case .funcCall: try call(index)
        case .relation where isSampled(index): try sampled(index)
        default: break
        }
        return index + 1
    }

    // MARK: - Relations

    /// A RangeVar that stands where nothing but a rule for its parent says what is done to it.
    private mutating func relation(_ index: Int) throws(MaskRefusal) {
        guard let name = name(of: index) else { throw .notParsed }
        if name.schema == nil, visible.contains(name.name) { return }
        try read(index, name)
    }

    mutating func read(_ index: Int, _ name: ObjectName) throws(MaskRefusal) {
        if isMade(index) { return }
        guard let found = try masked(name, mustBeKnown: tape[index].key == .rangeVar) else { return }
        switch context {
        case .rows: sites.append(site(index, found))
        case .plan: throw MaskRefusal(.explained(found))
        case .kept(let kind): throw MaskRefusal(.kept(found, kind: kind))
        }
    }

    /// Whether a statement makes this temporary relation, which is new whatever its name.
    private func isMade(_ index: Int) -> Bool {
        tape[index].key != .rangeVar && tape.text(.relpersistence, of: index) == "t"
    }

    private func site(_ index: Int, _ relation: ObjectName) -> MaskSite {
        let start = Int(tape[index].start)
        return MaskSite(
            relation: relation,
            entry: index,
            location: tree.number("location", of: start) ?? 0,
            isOnly: tree.member("inh", of: start) == nil,
            hasAlias: tape.member(.alias, of: index) != nil
        )
    }

    /// The relation that a name means, if it is masked. Throws where it is hidden or not known.
    func masked(_ name: ObjectName, mustBeKnown: Bool = true) throws(MaskRefusal) -> ObjectName? {
        if name.schema?.hasPrefix("pg_toast") == true { throw MaskRefusal(.hidden(name)) }
        switch scope.meaning(of: name) {
        case .made:
            // Dropped, rolled back or never made, it leaves its name to others.
            if name.schema == nil, masks.guarded.contains(name.name) {
                throw MaskRefusal(.unqualified(ObjectName(schema: "pg_temp", name: name.name)))
            }
            return nil
        case .unknown:
            guard mustBeKnown else { return nil }
            throw MaskRefusal(.unknownRelation(name))
        case .relation(let found):
            guard !masks.broken.contains(found) else { throw MaskRefusal(.broken(found)) }
            guard !masks.hidden.contains(found) else { throw MaskRefusal(.hidden(found)) }
            if masks.sources[found] != nil { return found }
            if name.schema == nil, masks.guarded.contains(name.name) { throw MaskRefusal(.unqualified(found)) }
            return nil
        }
    }

    /// A RangeVar's name. The database part can only be the session's own.
    func name(of index: Int) -> ObjectName? {
        tape.text(.relname, of: index).map { ObjectName(schema: tape.text(.schemaname, of: index), name: $0) }
    }

    /// Whether this is the relation of a TABLESAMPLE.
    private func isSampled(_ index: Int) -> Bool {
        let next = tape.next(index)
        return next < tape.all.upperBound && tape[next].key == .method && tape.member(.rangeVar, of: index) != nil
    }

    private func sampled(_ index: Int) throws(MaskRefusal) {
        guard let range = tape.member(.rangeVar, of: index), let name = name(of: range) else { return }
        if name.schema == nil, visible.contains(name.name) { return }
        guard let found = try masked(name) else { return }
        throw MaskRefusal(.cannotRewrite(found, what: "TABLESAMPLE"))
    }
}
