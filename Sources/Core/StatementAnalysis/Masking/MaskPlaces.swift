internal import AccessModel

/// What a text needs changed: the places where it reads masked relations, and the columns that name those with a
/// schema, which a sub-select does not have.
struct MaskPlaces {
    /// By location, each once.
    private(set) var sites: [MaskSite] = []
    /// The entries of RangeVars in the tape, with the index of their site: the parser writes some parts twice.
    private(set) var entries: [(entry: Int, site: Int)] = []
    /// ColumnRefs in the tape, and how many names to take from their front.
    private(set) var prefixed: [(entry: Int, count: Int)] = []
    /// By location.
    private(set) var groups: [MaskGroup] = []

    init(
        _ parsed: ParsedText,
        _ masks: MasksInForce,
        _ scope: NameScope,
        nesting: Int
    ) throws(MaskRefusal) {
        var walk = MaskWalk(parsed, masks, scope, nesting: nesting)
        var prefixed: [(entry: Int, count: Int)] = []
        var done = 0
        try walk.statements { (walk, statement) throws(MaskRefusal) in
            let names = SiteNames(walk, statement, walk.sites[done...])
            done = walk.sites.count
            prefixed += try names.prefixed()
        }
        self.prefixed = prefixed
        gather(walk.sites)
        groups = MaskGroups(parsed, masks, sites).found()
    }

    private mutating func gather(_ found: [MaskSite]) {
        for site in found.sorted(by: { ($0.location, $0.entry) < ($1.location, $1.entry) }) {
            if sites.last?.location != site.location { sites.append(site) }
            entries.append((site.entry, sites.count - 1))
        }
    }

    func result(_ splice: MaskSplice, _ masks: MasksInForce, _ parsed: ParsedText) -> MaskedText {
        let relations = Set(sites.map(\.relation))
        return MaskedText(
            text: String(decoding: splice.text, as: UTF8.self),
            masked: relations.map {
                MaskedText.MaskedColumns(relation: $0, columns: (masks.masks[$0] ?? [:]).keys.sorted())
            }.sorted { $0.relation.description < $1.relation.description },
            positions: PositionMap(splice.edits, of: parsed.text),
            edits: splice.edits
        )
    }
}
