internal import AccessModel
internal import AuditLog
internal import Console
internal import SearchIndex

extension AuditArchive {
    /// Bytes of a statement kept beside its record that a record is shown with.
    private static let shownText = 1 << 20

    func ports(taken: @escaping @Sendable (RecordDraft) -> Bool) -> AuditPorts {
        AuditPorts(
            now: SystemClock.now,
            search: { query, order, page throws(ReadRefusal) in try await self.search(query, order, page) },
            record: { id throws(ReadRefusal) in try await self.record(id) },
            facets: { query throws(ReadRefusal) in try await self.facets(query) },
            proof: { id throws(ReadRefusal) in try await self.proof(id) },
            bundle: { id, person throws(ReadRefusal) in try await self.bundle(id, person, taken) },
            evidence: { query, words, person throws(ReadRefusal) in
                try await self.evidence(query, words, person, taken)
            }
        )
    }

    /// The index of the record that a cursor of a search names.
    static func index(_ cursor: PageCursor?) -> UInt64? {
        if case .record(let index) = cursor { index } else { nil }
    }

    /// How many records of the ledger cannot be found yet.
    func behind(_ end: UInt64) -> UInt64 {
        let size = ledger.counters.size
        return size - min(size, end)
    }

    private func search(
        _ query: AuditQuery,
        _ order: AuditOrder,
        _ page: PageRequest
    ) async throws(ReadRefusal) -> JSONBytes {
        let (found, end) = try await ask { view in
            let after = AuditArchive.index(page.cursor)
            return (try view.search(query, order: order, after: after, limit: page.limit), try view.end)
        }
        var json = JSONBytes(reserving: 1024 + found.lines.reduce(0) { $0 + $1.count + 1 })
        json.appendRaw("{")
        json.append(records: found)
        json.member("complete")
        json.append(found.reached == nil)
        json.member("reached")
        if let reached = found.reached {
            json.appendRaw("{")
            json.member("index")
            json.append(reached.index)
            json.member("time")
            json.append(reached.time.description)
            json.appendRaw("}")
        } else {
            json.appendNull()
        }
        json.member("behind")
        json.append(behind(end))
        json.appendRaw("}")
        return json
    }

    private func record(_ id: ULID) async throws(ReadRefusal) -> JSONBytes? {
        try await ask { view in
            guard let line = try view.record(id)?.line else { return nil }
            var json = JSONBytes(reserving: line.count)
            json.appendRaw(line[..<(line.count - 1)])
            if let text = try self.longText(of: line) {
                json.member("long_text")
                json.append(text)
            }
            json.appendRaw("}")
            return json
        }
    }

    /// A statement that was too long for its record; nil where the record holds it, nothing does, or it is longer than a page
    /// should be.
    private func longText(of line: [UInt8]) throws -> String? {
        guard let command = JSONMembers(line)?.object("command"), command.isNull("text"),
            let digest = command.string("sha256")
        else { return nil }
        return try reader.blob(digest, limit: AuditArchive.shownText).map { String(decoding: $0, as: UTF8.self) }
    }

    private func facets(_ query: AuditQuery) async throws(ReadRefusal) -> JSONBytes {
        let facets = try await ask { try $0.facets(query) }
        var json = JSONBytes(reserving: 4096)
        json.appendRaw("{")
        json.member("counted")
        json.append(Int64(facets.counted))
        json.member("complete")
        json.append(facets.isComplete)
        json.member("since")
        json.append(facets.since?.description)
        json.member("facets")
        json.appendRaw("{")
        for list in facets.lists {
            json.member(list.name)
            json.appendList(list.values) { value, json in
                json.appendRaw("{")
                json.member("value")
                json.append(value.text)
                json.member("count")
                json.append(Int64(value.count))
                json.appendRaw("}")
            }
        }
        json.appendRaw("}}")
        return json
    }
}

extension JSONBytes {
    /// `"records":[…],"next":"…"|null`
    mutating func append(records page: RecordPage) {
        member("records")
        appendList(page.lines) { line, json in json.appendRaw(line) }
        member("next")
        append(page.next.map { PageCursor.record($0).text })
    }

    /// `[…,…]`
    mutating func appendList<Element>(_ list: some Sequence<Element>, _ body: (Element, inout JSONBytes) -> Void) {
        appendRaw("[")
        for (number, element) in list.enumerated() {
            if number > 0 { appendRaw(",") }
            body(element, &self)
        }
        appendRaw("]")
    }
}
