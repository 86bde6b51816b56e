internal import AccessModel
internal import AuditExport
internal import AuditLog
internal import Foundation

/// The cursors in a data directory, read where no gateway runs.
struct StoredCursors {
    let directory: DataDirectory

    func list() throws -> [JSONMembers] {
        let size = try directory.reader().head()?.size ?? 0
        let folder = directory.path + "/export"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".cursor") }.sorted().compactMap { name in
            var json = JSONBytes()
            json.appendRaw("{")
            json.member("name")
            json.append(String(name.dropLast(7)))
            json.member("connected")
            json.append(false)
            do throws(CursorFault) {
                let next = try CursorFile(path: "\(folder)/\(name)").read()?.next ?? 0
                json.member("next")
                json.append(next)
                json.member("settled")
                json.append(next)
                json.member("lag_records")
                json.append(size - min(next, size))
                json.appendRaw(",\"last_error\":null")
            } catch {
                json.member("last_error")
                json.append("\(error)")
            }
            json.appendRaw("}")
            return JSONMembers(json.bytes)
        }
    }
}
