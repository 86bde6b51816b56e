import AccessModel

/// What the grants of a role say of objects that a database does not have, or has in another form.
struct CatalogLint {
    let role: Role
    let catalog: Catalog
    let sink: DiagnosticSink

    func run(target: String) {
        for (index, grant) in role.grants.enumerated() where grant.target == target {
            for mask in grant.masks { lint(mask, "roles.\(role.name).grants[\(index)].mask") }
            for rule in grant.rules { lint(rule) }
        }
        lintMeetings(target)
    }

    private var readable: [CatalogRelation] {
        catalog.relations.values.filter(\.isReadable).sorted { "\($0.name)" < "\($1.name)" }
    }

    private func lint(_ mask: Mask, _ path: String) {
        let hits = readable.filter { mask.relation.matches($0.name) }.flatMap { relation in
            relation.columns.filter { mask.column.matches($0.name) }.map { (relation.name, $0) }
        }
        guard !hits.isEmpty else {
            let words = "hides nothing: this database has no such column"
            return sink.report(.warning, at: mask.place, "\(path): `\(mask.text.shown)` \(words)")
        }
        for (relation, column) in hits where !mask.method.isApplicable(to: column.type) {
            let name = "\(relation).\(column.name)".shown
            let words = "cannot mask \(name), which is \(column.type.shown): what reads it is refused"
            sink.report(.warning, at: mask.place, "\(path): \(mask.method.text) \(words)")
        }
    }

    /// Names alone: a pattern may be meant for what comes.
    private func lint(_ rule: Grant.Rule) {
        guard CatalogLint.isOfRelations(rule.action), let name = rule.pattern.exact else { return }
        guard let relation = catalog.relations[name] else {
            let words = "this database has no relation \("\(name)".shown)"
            return sink.report(.warning, at: rule.place, "\(rule.path.shown): \(words)")
        }
        for column in rule.pattern.columns ?? []
        where !relation.columns.contains(where: { $0.name.hasBytes(of: column) }) {
            let words = "\("\(name)".shown) has no column \(column.shown)"
            sink.report(.warning, at: rule.place, "\(rule.path.shown): \(words)")
        }
    }

    private static func isOfRelations(_ action: Action) -> Bool {
        switch action {
        case .select, .insert, .update, .delete, .truncate, .lock: true
        case .create, .alter, .drop, .grant, .execute, .do, .maintain, .set, .setRole, .listen, .notify, .serverFile,
            .serverProgram, .administer, .twoPhase:
            false
        }
    }

    /// Masks of one role that are equally exact, differ, and meet on one column.
    private func lintMeetings(_ target: String) {
        let masks = role.grants.filter { $0.target == target }.flatMap(\.masks)
        for relation in readable {
            for column in relation.columns {
                let hits = masks.filter { $0.relation.matches(relation.name) && $0.column.matches(column.name) }
                let best = hits.filter { $0.exactness == hits.map(\.exactness).max() }
                guard let first = best.first, let other = best.first(where: { $0.method != first.method }) else {
                    continue
                }
                let name = "\(relation.name).\(column.name)".shown
                let words = "\(first.method.text) (line \(first.place.line)) and \(other.method.text) meet on \(name)"
                sink.report(.warning, at: other.place, "roles.\(role.name): \(words): it is shown as null")
            }
        }
    }
}
