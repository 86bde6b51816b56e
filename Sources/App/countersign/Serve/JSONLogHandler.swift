internal import AccessModel
internal import Foundation
internal import Logging

/// One JSON object a line on standard error: constant messages, values in fields. Statements, claims and secrets are
/// never logged; the ledger has what was run.
struct JSONLogHandler: LogHandler {
    var metadata = Logger.Metadata()
    var logLevel = Logger.Level.info

    subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var json = JSONBytes()
        json.appendRaw("{\"time\":\"")
        json.appendTimestamp(SystemClock.now())
        json.appendRaw("\",\"level\":")
        json.append(event.level.rawValue)
        json.appendRaw(",\"message\":")
        json.append("\(event.message)")
        for (key, value) in metadata.merging(event.metadata ?? [:], uniquingKeysWith: { $1 }).sorted(by: {
            $0.key < $1.key
        }) {
            json.appendRaw(",")
            json.append(key)
            json.appendRaw(":")
            json.append("\(value)")
        }
        json.appendRaw("}\n")
        FileHandle.standardError.write(Data(json.bytes))
    }
}
