import Testing

@testable import Evidence
@testable import TransparencyLog

@Suite("Bundles, and whoever changes them")
struct BundleAttackTests {
    private let log: SampleLog
    private let members: [StoredZip.Member]
    private static let good =
        "the proof from an older checkpoint was not used: give that one to prove that the log extends it"

    init() throws {
        log = try SampleLog.of(sessions: 4)
        members = try log.bundle(of: Array(0..<9), older: 5).members()
    }

    private func verdict(_ file: [UInt8]) -> String {
        do {
            return try EvidenceVerifier(policy: log.trusted).verify(file).remarks.joined(separator: "; ")
        } catch {
            return "\(error)"
        }
    }

    private func verdict(_ members: [StoredZip.Member]) -> String { verdict(StoredZip.file(of: members)) }

    /// The members with one of them changed.
    private func with(_ name: String, _ change: (inout [UInt8]) -> Void) -> [StoredZip.Member] {
        members.map { member in
            guard member.name == name else { return member }
            var bytes = member.bytes
            change(&bytes)
            return StoredZip.Member(name: name, bytes: bytes)
        }
    }

    private func replacing(_ old: String, _ new: String, in name: String) -> [StoredZip.Member] {
        with(name) { bytes in bytes = Array(String(decoding: bytes, as: UTF8.self).replacing(old, with: new).utf8) }
    }

    @Test("No byte of the file can be changed, added in front or behind, or cut")
    func bytes() {
        let file = StoredZip.file(of: members)
        #expect(verdict(file) == BundleAttackTests.good)
        for position in stride(from: 0, to: file.count, by: 113) {
            var changed = file
            changed[position] ^= 1 << (position % 8)
            #expect(verdict(changed) != BundleAttackTests.good, "byte \(position)")
        }
        // The directory at the end, byte for byte: it is what other programs read.
        for position in (file.count - 300)..<file.count {
            var changed = file
            changed[position] ^= 0x40
            #expect(verdict(changed).hasPrefix("the file is no bundle"), "byte \(position)")
        }
        for count in stride(from: 0, to: file.count, by: 211) {
            #expect(verdict(Array(file.prefix(count))).hasPrefix("the file is no bundle"))
        }
        for changed in [file + [0], [0] + file, file + file, Array(file.dropFirst())] {
            #expect(verdict(changed).hasPrefix("the file is no bundle"))
        }
    }

    @Test(
        "A member that is changed is found where the checksums of the file were made anew",
        arguments: [
            ("records.jsonl", "c0ffee0", "c0ffee2"), ("records.jsonl", "\"rows\":1", "\"rows\":2"),
            ("README.txt", "without newline", "with newline"), ("index.html", "ana@example.com", "eve@example.com"),
            ("index.html", "proves nothing by itself", "proves everything by itself"),
            ("proofs/3.tlog-proof", "index 3", "index 4"), ("bundle.json", "a test", "another test"),
            ("bundle.json", "\"texts\":1", "\"texts\": 1"), ("bundle.json", "bundle/1", "bundle/2"),
            ("checkpoint", "\n30\n", "\n31\n"), ("checkpoint", "countersign.example/test", "countersign.example/tess"),
            ("proof", "subset-proof v1", "subset-proof v2"), ("proof", "=\n", "\n"),
            ("consistency", "from 5", "from 05"),
        ]
    )
    func members(name: String, old: String, new: String) {
        let changed = replacing(old, new, in: name)
        #expect(changed != members)
        #expect(!verdict(changed).hasPrefix(BundleAttackTests.good), "\(verdict(changed))")
    }

    @Test("Records cannot be left out, added, swapped or told twice")
    func records() {
        func edit(_ change: (inout [[UInt8]]) -> Void) -> String {
            verdict(
                with("records.jsonl") { bytes in
                    var lines = bytes.split(separator: 0x0A).map { Array($0) }
                    change(&lines)
                    bytes = Array(lines.map { $0 + [0x0A] }.joined())
                }
            )
        }
        #expect(edit { _ in } == BundleAttackTests.good)
        #expect(edit { $0.removeLast() } != BundleAttackTests.good)
        #expect(edit { $0.remove(at: 4) } != BundleAttackTests.good)
        #expect(edit { $0.swapAt(3, 5) }.hasPrefix("records.jsonl: line"))
        #expect(edit { $0.append($0[8]) } == "records.jsonl: line 10 is there twice, or out of order")
        #expect(edit { $0[4] = Array("{}".utf8) } == "records.jsonl: line 5 is no record")
        #expect(edit { $0[4] += [0x0D] } != BundleAttackTests.good)
    }

    @Test(
        "Members that a bundle does not have are refused, whatever they are called",
        arguments: [
            "extra.txt", "../../etc/passwd", "/etc/passwd", "policies/../../x.yaml", "blobs/", "policies/.yaml",
            "proofs/9.tlog-proof",
            "proofs/../x", "records.jsonl.", "RECORDS.JSONL", "index.html/x", "C:\\x", "a\u{0}b", "\u{202E}txt",
        ]
    )
    func unknown(name: String) {
        let found = verdict(members + [StoredZip.Member(name: name, bytes: [1])])
        #expect(found.contains("no such member") || found.contains("was changed"), "\(found)")
        #expect(!found.unicodeScalars.contains { $0.properties.generalCategory == .control })
    }

    @Test("Members cannot be missing, doubled or in another order")
    func order() {
        for position in members.indices {
            var fewer = members
            let gone = fewer.remove(at: position)
            let isOptional =
                gone.name == "consistency" || gone.name.hasPrefix("policies/") || gone.name.hasPrefix("blobs/")
            #expect(verdict(fewer).contains("missing") != isOptional, "\(gone.name): \(verdict(fewer))")
            #expect(verdict(members + [gone]) == "the file is no bundle, or was changed: a member is there twice")
        }
        var swapped = members
        swapped.swapAt(2, 3)
        #expect(verdict(swapped).contains("not in its place"))
    }

    @Test("A text that no record names is refused, and so is one that is not what its name says")
    func texts() {
        let stray = SampleLog.digest([1, 2, 3])
        #expect(verdict(members + [.init(name: "blobs/\(stray)", bytes: [1, 2, 3])]).contains("no record names it"))
        #expect(verdict(members + [.init(name: "blobs/\(stray)", bytes: [1, 2, 4])]).contains("was changed"))
        let name = "blobs/\(SampleLog.digest(SampleLog.longText))"
        #expect(verdict(with(name) { $0[0] ^= 1 }).contains("was changed"))
        let policy = "policies/\(SampleLog.digest(SampleLog.policyText)).yaml"
        #expect(verdict(with(policy) { $0[0] ^= 1 }).contains("was changed"))
    }

    @Test("Texts of another version are not compared, and the reader is told not to rely on them")
    func otherTexts() {
        var changed = replacing("\"texts\":1", "\"texts\":2", in: "bundle.json")
        changed[1].bytes = Array("a page that lies".utf8)
        #expect(verdict(changed).contains("were not compared: do not rely on them"))
        #expect(verdict(changed.filter { $0.name != "index.html" }).contains("missing"))
    }

    @Test("Compressed, encrypted, extended and commented ZIP files are no bundles")
    func otherZips() {
        let file = StoredZip.file(of: members)
        for (offset, value) in [(4, 45), (6, 1), (6, 8), (8, 8), (10, 1), (26, 200), (28, 4)] as [(Int, UInt8)] {
            var changed = file
            changed[offset] = value
            #expect(verdict(changed).hasPrefix("the file is no bundle"), "byte \(offset)")
        }
        var commented = file
        commented[file.count - 2] = 1
        #expect(verdict(commented + [0x21]).hasPrefix("the file is no bundle"))
        #expect(verdict(Array(repeating: 0, count: 100)).hasPrefix("the file is no bundle"))
        #expect(verdict(StoredZip.file(of: [])).hasPrefix("the file is no bundle"))
    }
}
