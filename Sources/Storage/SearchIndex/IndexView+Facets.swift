package import AccessModel
internal import GRDB

extension IndexView {
    /// Counts among the newest records that match. Where they are far apart, those of one page are enough once `patience`
    /// is over: what matches is shown sooner than all of it is counted.
    package func facets(_ query: AuditQuery, patience: Duration = .milliseconds(80)) throws -> Facets {
        var finder = RecordFinder(db: db, deadline: deadline)
        finder.enough = (Facets.least, .now + patience)
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
