/// A ZIP file whose members are stored as they are, in one canonical form: members in order, one behind the other, without
/// extra fields, comments, times or anything between them (PKWARE APPNOTE, sections 4.3 and 4.4).
///
/// Every list of members has exactly one file, and a file that differs from it in any byte is refused. So no two programs
/// can read different members out of one file: what is shown is what was verified.
enum StoredZip {
    struct Member: Hashable {
        var name: String
        var bytes: [UInt8]
    }

    static let longest = 1 << 29
    static let mostMembers = 10_000
    private static let longestName = 100

    // MARK: Writing

    /// Names are ASCII, of at most 100 letters, and each there once: the caller's own.
    static func file(of members: [Member]) -> [UInt8] {
        var file: [UInt8] = []
        file.reserveCapacity(members.reduce(22) { $0 + $1.bytes.count + 2 * $1.name.utf8.count + 76 })
        var directory: [UInt8] = []
        for member in members {
            let offset = file.count
            let facts = facts(of: member)
            append(0x0403_4B50, to: &file)
            file += facts
            file += Array(member.name.utf8)
            file += member.bytes
            append(0x0201_4B50, to: &directory)
            // Made on Unix, whose upper half of the attributes is the mode: a plain file, 0644.
            directory += [20, 3] + facts
            directory += [0, 0, 0, 0, 0, 0]
            append(0o100644 << 16, to: &directory)
            append(UInt32(truncatingIfNeeded: offset), to: &directory)
            directory += Array(member.name.utf8)
        }
        let start = UInt32(truncatingIfNeeded: file.count)
        file += directory
        append(0x0605_4B50, to: &file)
        let count = UInt32(truncatingIfNeeded: members.count)
        append(0, to: &file)
        append(count << 16 | count, to: &file)
        append(UInt32(truncatingIfNeeded: directory.count), to: &file)
        append(start, to: &file)
        file += [0, 0]
        return file
    }

    /// What the two headers of a member have in common: version 2.0, no flags, stored, 1980-01-01, checksum, sizes, name's
    /// length, no extra field.
    private static func facts(of member: Member) -> [UInt8] {
        var facts: [UInt8] = [20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0]
        append(CRC32.of(member.bytes), to: &facts)
        append(UInt32(truncatingIfNeeded: member.bytes.count), to: &facts)
        append(UInt32(truncatingIfNeeded: member.bytes.count), to: &facts)
        append(UInt32(truncatingIfNeeded: member.name.utf8.count), to: &facts)
        return facts
    }

    /// Little-endian.
    private static func append(_ number: UInt32, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    // MARK: Reading

    static func members(of file: [UInt8]) throws(BundleError) -> [Member] {
        guard file.count <= longest else { throw .tooLong(bytes: file.count) }
        var members: [Member] = []
        var names: Set<String> = []
        var position = 0
        while number(file, position) == 0x0403_4B50 {
            guard members.count < mostMembers else { throw .malformed("more members than a bundle has") }
            guard let size = number(file, position + 22), let length = number(file, position + 26),
                (1...UInt32(longestName)).contains(length), case let start = position + 30 + Int(length),
                file.count - start >= Int(size),
                let name = String(validating: file[position + 30..<start], as: UTF8.self)
            else { throw .malformed("a member's header is malformed") }
            guard names.insert(name).inserted else { throw .malformed("a member is there twice") }
            position = start + Int(size)
            members.append(Member(name: name, bytes: Array(file[start..<position])))
        }
        guard !members.isEmpty else { throw .malformed("it does not begin as a bundle does") }
        guard self.file(of: members) == file else {
            throw .malformed("its bytes are not exactly those of its members in the form of a bundle")
        }
        return members
    }

    private static func number(_ file: [UInt8], _ position: Int) -> UInt32? {
        guard position >= 0, file.count - position >= 4 else { return nil }
        return (0..<4).reduce(0) { $0 | UInt32(file[position + $1]) << (8 * UInt32($1)) }
    }
}
