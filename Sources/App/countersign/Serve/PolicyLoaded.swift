internal import AccessModel
internal import Foundation

/// The record of a policy that came into force.
enum PolicyLoaded {
    static func body(_ policy: String, previous: String?, file: String) -> [UInt8] {
        var json = JSONBytes()
        json.appendRaw("\"policy\":")
        json.append(policy)
        json.appendRaw(",\"file\":")
        json.append(URL(fileURLWithPath: file).lastPathComponent)
        json.appendRaw(",\"previous\":")
        json.append(previous)
        return json.bytes
    }
}
