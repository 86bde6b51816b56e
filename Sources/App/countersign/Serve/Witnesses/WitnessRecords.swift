internal import AccessModel
internal import TransparencyLog
internal import Witnessing

/// The bodies of records about witnesses.
enum WitnessRecords {
    /// `"witnesses":{"witnessed":1042,"waiting_s":61,"changes_refused":false,"failing":{"office":"unreachable"}}`
    static func standing(_ reading: WitnessWatch.Reading, failing: [String: String]) -> [UInt8] {
        var json = JSONBytes()
        json.appendRaw("\"witnesses\":{\"witnessed\":")
        json.append(reading.witnessed)
        json.appendRaw(",\"waiting_s\":")
        json.append(reading.waiting?.components.seconds ?? 0)
        json.appendRaw(",\"changes_refused\":")
        json.append(reading.refusesChanges)
        json.appendRaw(",\"failing\":{")
        for (position, (name, label)) in failing.sorted(by: { $0.key < $1.key }).enumerated() {
            if position > 0 { json.appendRaw(",") }
            json.append(name)
            json.appendRaw(":")
            json.append(label)
        }
        json.appendRaw("}}")
        return json.bytes
    }

    /// `"witness":{"name":"office","conflict":"ahead","its_size":1050,"size":1042,"root":"…"}`
    static func conflict(_ name: String, _ failure: WitnessFailure, _ checkpoint: Checkpoint) -> [UInt8] {
        var json = JSONBytes()
        json.appendRaw("\"witness\":{\"name\":")
        json.append(name)
        json.appendRaw(",\"conflict\":")
        json.append(failure.label)
        json.appendRaw(",\"its_size\":")
        switch failure {
        case .ahead(let size), .contradicts(let size): json.append(size)
        default: json.appendNull()
        }
        json.appendRaw(",\"size\":")
        json.append(checkpoint.size)
        json.appendRaw(",\"root\":")
        json.append(checkpoint.root.base64)
        json.appendRaw("}")
        return json.bytes
    }
}
