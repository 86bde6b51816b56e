internal import Crypto

/// The rows of one reading of a target's catalog, as they came: the texts of each row's columns, nulls as empty ones.
struct CatalogRows {
    /// Bytes of names that one reading may hold; a larger catalog is not served.
    static let limit = 64 << 20

    private(set) var system: [[String]] = []
    private(set) var user: [[String]] = []
    private(set) var temporary: Set<String> = []
    private var bytes = 0
    private var hash = SHA256()

    var isOver: Bool { bytes > CatalogRows.limit }

    mutating func take(_ row: [String]) {
        bytes += row.reduce(32) { $0 + $1.utf8.count + 16 }
        guard !isOver, row.count > 2 else { return }
        switch (row[0], row[1]) {
        case ("u", "t"): temporary.insert(row[2])
        case ("s", _): system.append(row)
        default:
            user.append(row)
            for text in row {
                var text = text
                text.withUTF8 { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
                hash.update(data: [0])
            }
        }
    }

    /// Of what users made: the same digest is the same catalog.
    var digest: [UInt8] { Array(hash.finalize()) }
}
