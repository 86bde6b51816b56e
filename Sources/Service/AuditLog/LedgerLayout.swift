import Glibc

/// Where things stand in a ledger's directory.
struct LedgerLayout: Hashable, Sendable {
    var directory: String

    var segments: String { directory + "/segments" }
    var blobs: String { directory + "/blobs" }
    var torn: String { directory + "/torn" }
    var lock: String { directory + "/lock" }
    var head: String { directory + "/head" }
    /// The published checkpoint, and the verifier keys of all times.
    var checkpoint: String { directory + "/checkpoint" }
    var keys: String { directory + "/keys" }
    var tiles: String { directory + "/tile" }
    /// The next segment, before its first record; its name is given when it is taken into use.
    func prepared(_ number: Int) -> String { segments + "/next-\(number).prepared" }

    /// Removes what an earlier process had begun and not taken into use.
    func removeUnfinished() throws(LedgerError) {
        for name in try names(in: segments) where name.hasSuffix(".prepared") { unlink(segments + "/" + name) }
        unlink(head + ".next")
        unlink(checkpoint + ".part")
        unlink(keys + ".part")
    }

    func segment(_ name: String) -> String { segments + "/" + name }

    func blob(_ digest: String) -> String { blobs + "/\(digest.prefix(2))/\(digest)" }

    /// `00000000000000001042.segment`: the index of the segment's first record in 20 digits.
    static func segmentName(first: UInt64) -> String {
        let digits = String(first)
        return String(repeating: "0", count: 20 - digits.count) + digits + ".segment"
    }

    /// The first index that a segment's name tells; nil for any other name.
    static func firstIndex(ofSegment name: String) -> UInt64? {
        guard name.utf8.count == 28, name.hasSuffix(".segment") else { return nil }
        let digits = name.prefix(20)
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return UInt64(digits)
    }

    /// The first indices of the segments that are there, in order.
    func segmentIndices() throws(LedgerError) -> [UInt64] {
        try names(in: segments).compactMap(LedgerLayout.firstIndex(ofSegment:)).sorted()
    }

    func names(in folder: String) throws(LedgerError) -> [String] {
        guard let listing = opendir(folder) else {
            if errno == ENOENT { return [] }
            throw LedgerError(.unreadable(errno), file: "segments")
        }
        defer { closedir(listing) }
        var found: [String] = []
        while let entry = readdir(listing) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { raw in
                String(decoding: raw.prefix(while: { $0 != 0 }), as: UTF8.self)
            }
            found.append(name)
        }
        return found
    }
}
