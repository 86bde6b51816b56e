internal import AccessModel
internal import Foundation
internal import Synchronization

/// The notifications that were given up, the last hundred of them, in `DATA/notifications/NAME.failed`: one JSON object a line,
/// `{"delivery":"…","event":"…","time":"…","cause":"…"}`. What they told of is in the ledger.
final class FailedDeliveries: Sendable {
    private static let most = 100

    private let path: String
    private let lines = Mutex<[String]?>(nil)

    init(path: String) {
        self.path = path
    }

    /// False where it is known already: what is read again after a restart is met again. Throws where it cannot be kept.
    func note(delivery: String, event: String, cause: String, at time: Timestamp) throws -> Bool {
        var json = JSONBytes(reserving: 256)
        json.appendRaw("{")
        json.member("delivery")
        json.append(delivery)
        json.member("event")
        json.append(event)
        json.member("time")
        json.append(time.description)
        json.member("cause")
        json.append(cause)
        json.appendRaw("}")
        return try lines.withLock { lines in
            let known = lines ?? read()
            guard !known.contains(where: { $0.hasPrefix("{\"delivery\":\"\(delivery)\",") }) else { return false }
            let kept = known + [String(decoding: json.bytes, as: UTF8.self)]
            lines = kept.suffix(FailedDeliveries.most)
            try write(lines ?? [])
            return true
        }
    }

    private func read() -> [String] {
        guard let data = FileManager.default.contents(atPath: path) else { return [] }
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    private func write(_ lines: [String]) throws {
        let text = lines.joined(separator: "\n") + "\n"
        let new = path + ".new"
        guard
            FileManager.default.createFile(
                atPath: new,
                contents: Data(text.utf8),
                attributes: [.posixPermissions: 0o600]
            ),
            rename(new, path) == 0
        else { throw Failure("\(path): cannot be written") }
    }
}
