internal import AccessModel
internal import Evidence
internal import TransparencyLog

/// The verdict for a program: an object for the whole, then one for each record that is told.
enum VerdictJSON {
    /// `{"result":"not verified","what":"…"}`
    static func refusal(_ what: String) -> [UInt8] {
        var json = JSONBytes()
        json.appendRaw("{")
        json.member("result")
        json.append("not verified")
        json.member("what")
        json.append(what)
        json.appendRaw("}\n")
        return json.bytes
    }

    static func lines(_ report: EvidenceReport) -> [UInt8] {
        report.actions.reduce(into: verdict(report)) { $0 += record($1) }
    }

    /// `{"result":"verified","log":"…","size":1042,"root":"…","key":"…","witnesses":[{"name":"…","time":"…"}],
    /// "older":null,"records":4,"asked":"…","does_not_prove":["…"],"remarks":[]}`
    private static func verdict(_ report: EvidenceReport) -> [UInt8] {
        var json = opening(report.checkpoint, known: report.knownWitnesses)
        json.member("older")
        if let older = report.older { json.append(older.size) } else { json.appendNull() }
        json.member("records")
        json.append(UInt64(report.bundle.records.count))
        json.member("whole_sessions")
        json.append(report.sessions.filter(\.isWhole).map(\.id))
        json.member("asked")
        json.append(report.bundle.origin.asked)
        json.member("does_not_prove")
        json.append(report.allLimits)
        json.member("remarks")
        json.append(report.remarks)
        json.appendRaw("}\n")
        return json.bytes
    }

    /// The same for one entry: `"index"` instead of what a bundle has.
    static func single(_ proven: SingleProof.Proven) -> [UInt8] {
        var json = opening(proven.checkpoint, known: proven.known)
        json.member("index")
        json.append(proven.index)
        json.member("does_not_prove")
        json.append(EvidenceReport.limits(of: proven.checkpoint))
        json.appendRaw("}\n")
        return json.bytes
    }

    private static func opening(_ signed: SignedCheckpoint, known: Int) -> JSONBytes {
        let checkpoint = signed.checkpoint
        var json = JSONBytes()
        json.appendRaw("{")
        json.member("result")
        json.append("verified")
        json.member("log")
        json.append(checkpoint.origin)
        json.member("size")
        json.append(checkpoint.size)
        json.member("root")
        json.append(checkpoint.root.base64)
        json.member("key")
        json.append(signed.log.text)
        json.member("witnesses_known")
        json.append(UInt64(known))
        json.member("witnesses")
        json.appendRaw("[")
        for (position, signature) in signed.cosignatures.enumerated() {
            json.appendRaw(position > 0 ? ",{" : "{")
            json.member("name")
            json.append(signature.key.name)
            json.member("time")
            json.append(VerdictText.moment(signature.time))
            json.appendRaw("}")
        }
        json.appendRaw("]")
        return json
    }

    /// `{"index":1037,"id":"…","time":"…","kind":"command","what":"…","who":"…",…}`
    private static func record(_ action: EvidenceAction) -> [UInt8] {
        var json = JSONBytes()
        json.appendRaw("{")
        json.member("index")
        json.append(action.index)
        for (name, value) in [("id", action.id), ("time", action.time), ("kind", action.kind)]
            + action.facts.map({ ($0.name.replacing(" ", with: "_"), $0.value) })
        {
            json.appendRaw(",")
            json.append(name)
            json.appendRaw(":")
            json.append(value)
        }
        json.appendRaw("}\n")
        return json.bytes
    }
}
