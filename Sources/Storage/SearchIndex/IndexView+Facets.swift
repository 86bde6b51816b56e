package import AccessModel
internal import GRDB

extension IndexView {
    /// Counts among the newest records that match.
    package func facets(_ query: AuditQuery) throws -> Facets {
        let finder = RecordFinder(db: db, deadline: deadline)
        var count = FacetCount()
        let found = try finder.find(
            query,
            order: .newestFirst,
            after: nil,
            limit: Facets.most + 1,
            columns: "r.idx, r.time, r.kind, r.decision, r.role, r.session, r.shape"
        ) { FacetCount.Record($0) }
        let counted = found.items.prefix(Facets.most)
        for (_, record) in counted { count.add(record) }
        var facets = Facets()
        facets.counted = counted.count
        facets.isComplete = found.reached == nil && found.items.count <= Facets.most
        facets.since = counted.last.map { Timestamp(microseconds: $0.item.time) }
        facets.lists = try count.lists(in: db)
        return facets
    }
}
