internal import AccessModel

/// The audit search: what was asked for, what was found, what else could be asked for.
struct AuditSearchView {
    /// What the URL asks for, in the order of the form.
    let asked: [(name: String, value: String)]
    let isOldestFirst: Bool
    /// Whether this is not the first page.
    let isFurther: Bool

    init(_ query: QueryFields?, isFurther: Bool = false) {
        asked = AuditField.all.compactMap { field in query?[field.name].map { (field.name, $0) } }
        isOldestFirst = query?["order"] == "oldest"
        self.isFurther = isFurther
    }

    private static let quick = [
        ("1h", "Last hour"), ("1d", "Last day"), ("7d", "Last 7 days"), ("30d", "Last 30 days"),
    ]

    private var order: [(name: String, value: String)] { isOldestFirst ? [("order", "oldest")] : [] }

    private func path(_ fields: [(name: String, value: String)]) -> String { "/audit\(PageLink.query(fields))" }

    private func value(_ name: String) -> String? { asked.first { $0.name == name }?.value }

    /// The form and the chips; what was found follows in `found`.
    var form: PageView {
        let hasMore = AuditField.more.contains { value($0.name) != nil }
        return PageView(present: [
            "fields": AuditField.first.map { $0.view(value($0.name)) },
            "more": AuditField.more.map { $0.view(value($0.name)) },
            "moreIsOpen": hasMore ? true : nil,
            "oldest": isOldestFirst ? true : nil,
            "chips": chips,
            "hasChips": chips.isEmpty ? nil : true,
            "quick": AuditSearchView.quick.map { since, words in
                PageView(present: [
                    "words": words,
                    "href": path(
                        asked.filter { $0.name != "since" && $0.name != "until" } + [("since", since)] + order
                    ),
                    "current": value("since") == since && value("until") == nil ? true : nil,
                ])
            },
            "turned": path(asked + (isOldestFirst ? [] : [("order", "oldest")])),
        ])
    }

    private var chips: [PageView] {
        asked.map { field in
            let label = AuditField.all.first { $0.name == field.name }?.label ?? field.name
            return PageView(present: [
                "label": label,
                "value": field.value,
                "href": path(asked.filter { $0.name != field.name } + order),
            ])
        }
    }

    /// What `/api/v1/records` gives.
    func found(_ json: PageJSON) -> PageView {
        let records = json["records"].items
        return PageView(present: [
            "rows": records.map(RecordLine.view),
            "hasRows": records.isEmpty ? nil : true,
            "next": json["next"].string.map { path(asked + order + [("cursor", $0)]) },
            "first": isFurther ? path(asked + order) : nil,
            "stopped": json["complete"] == .bool(false) ? true : nil,
            "reached": json["complete"] == .bool(false) ? PageTime.view(json["reached"]["time"]) : nil,
            "behind": json["behind"].number.flatMap { $0 > 0 ? Digits.counted($0, "record") : nil },
            "narrowed": asked.isEmpty ? nil : true,
        ])
    }

    /// What `/api/v1/facets` gives: each value narrows the search to it.
    func facets(_ json: PageJSON) -> PageView {
        let lists = json["facets"].members.compactMap { facet -> PageView? in
            let values = facet.value.items.compactMap { item -> PageView? in
                guard let value = item["value"].string, !value.isEmpty else { return nil }
                let fields = asked.filter { $0.name != facet.name } + [(facet.name, value)] + order
                return PageView(present: ["value": value, "count": Digits.grouped(item["count"]), "href": path(fields)])
            }
            // A list of one says nothing that narrows.
            guard values.count > 1, self.value(facet.name) == nil || facet.name == "kind" else { return nil }
            let label = AuditField.all.first { $0.name == facet.name }?.label ?? ProvenanceFacts.label(facet.name)
            return PageView(present: ["label": label, "values": values])
        }
        return PageView(present: [
            "facets": lists,
            "hasFacets": lists.isEmpty ? nil : true,
            "counted": json["counted"].number.map { count in
                json["complete"].isTrue
                    ? "of \(Digits.counted(count, "record"))" : "of the newest \(Digits.counted(count, "record"))"
            },
        ])
    }
}
