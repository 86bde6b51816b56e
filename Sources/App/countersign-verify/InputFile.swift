internal import Foundation

/// A file as a whole, of a bounded size.
enum InputFile {
    struct Unreadable: Error, CustomStringConvertible {
        var description: String
        /// Whether nothing of it could be read: then the call is wrong, and not the file.
        var isMissing = false
    }

    static func read(_ path: String, longest: Int) throws(Unreadable) -> [UInt8] {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw Unreadable(
                description: "\(path) cannot be opened: does it exist, and may this user read it?",
                isMissing: true
            )
        }
        defer { try? handle.close() }
        let data: Data?
        do {
            data = try handle.read(upToCount: longest + 1)
        } catch {
            throw Unreadable(description: "\(path) cannot be read: is it a folder?", isMissing: true)
        }
        guard let data else { throw Unreadable(description: "\(path) is empty") }
        guard data.count <= longest else {
            throw Unreadable(description: "\(path) is longer than \(longest) bytes, and no such file is")
        }
        return Array(data)
    }
}
