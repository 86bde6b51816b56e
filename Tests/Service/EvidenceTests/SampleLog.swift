import AccessModel
import Crypto
import Evidence
import TransparencyLog

/// A log in memory as a gateway would have it: a policy, sessions with commands and outcomes, signed and cosigned.
struct SampleLog {
    static let policyText = Array("version: 1\nroles: {}\n".utf8)
    static let longText = Array("SELECT '\(String(repeating: "x", count: 5000))'".utf8)

    let signer: NoteSigner
    let witness: NoteSigner
    private(set) var files: [String: [UInt8]] = [:]
    private(set) var edge = TileEdge()
    private var bundle: [UInt8] = []
    private var last: (session: String?, count: Int) = (nil, 0)

    init(origin: String = "countersign.example/test", seed: UInt8 = 1) throws {
        signer = try NoteSigner(name: origin, algorithm: .ed25519, seed: Array(repeating: seed, count: 32))
        witness = try NoteSigner(
            name: "witness.example/w1",
            algorithm: .cosignature,
            seed: Array(repeating: 9, count: 32)
        )
    }

    /// A log with `sessions` sessions of three commands each.
    static func of(sessions: Int, origin: String = "countersign.example/test", seed: UInt8 = 1) throws -> SampleLog {
        var log = try SampleLog(origin: origin, seed: seed)
        let policy = "sha256:\(digest(policyText))"
        try log.append("gateway.started", nil, #""gateway":{"version":"0.1.0","origin":"\#(origin)","pid":1}"#)
        try log.append("policy.loaded", nil, #""policy":"\#(policy)","file":"countersign.yaml","previous":null"#)
        for number in 0..<sessions { try log.appendSession(number, policy) }
        log.publish()
        return log
    }

    private mutating func appendSession(_ number: Int, _ policy: String) throws {
        let session = SampleLog.id(1_000_000 + UInt64(number))
        try append(
            "session.opened",
            session,
            #""principal":{"kind":"workload","issuer":"gitlab","subject":"project:\#(number)"},"roles":[{"name":"nightly","owner":"ana@example.com"}],"provenance":{"run":"run-\#(number)","commit":"c0ffee\#(number)","triggered_by":"bo"},"source":{"address":"10.0.0.1","port":1,"client":"psql"},"target":{"name":"orders-db","type":"postgres","database":"orders","user":"u"},"reason":null,"policy":"\#(policy)""#
        )
        let decision =
            #""decision":{"outcome":"allow","role":"nightly","grant":"roles.nightly.grants[0].allow.update","policy":"\#(policy)"}"#
        let texts = [
            #""text":"UPDATE public.orders SET status = '<script>alert(1)</script> & \#(number)'","sha256":"00""#,
            #""text":null,"bytes":\#(SampleLog.longText.count),"sha256":"\#(SampleLog.digest(SampleLog.longText))""#,
        ]
        for text in texts {
            let index = edge.size
            try append("command", session, #""command":{\#(text),"parameters":[],"effects":[]},\#(decision)"#)
            try append(
                "outcome",
                session,
                #""of":"\#(SampleLog.id(index))","of_index":\#(index),"outcome":{"status":"ok","rows":1,"error":null,"duration_us":5}"#
            )
        }
        try append(
            "command",
            session,
            #""command":{"text":"DROP TABLE x","sha256":"00","parameters":[],"effects":[]},"decision":{"outcome":"deny","role":"nightly","grant":null,"policy":"\#(policy)","reason":"not allowed"}"#
        )
        try append(
            "session.closed",
            session,
            #""close":{"reason":"client closed the connection","commands":3,"denied":1}"#
        )
    }

    mutating func append(_ kind: String, _ session: String?, _ body: String) throws {
        let index = edge.size
        if session != last.session { last = (session, 0) }
        let name = session.map { "\"\($0)\",\"n\":\(last.count)" } ?? "null"
        last.count += 1
        let time = "2026-11-24T10:00:00.\(String(1_000_000 + index % 1_000_000).dropFirst())Z"
        let line =
            #"{"id":"\#(SampleLog.id(index))","index":\#(index),"time":"\#(time)","session":\#(name),"kind":"\#(kind)",\#(body)}"#
        try append(Array(line.utf8))
    }

    mutating func append(_ entry: [UInt8]) throws {
        var full: [(TilePath, Tile)] = []
        try EntryBundle.append(entry, to: &bundle)
        edge.append(.leaf(entry)) { full.append(($0, $1)) }
        for (path, tile) in full { files[path.text] = tile.bytes }
        guard edge.size.isMultiple(of: 256), let path = TilePath(.entries, index: edge.size / 256 - 1) else { return }
        files[path.text] = bundle
        bundle = []
    }

    mutating func publish() {
        files = files.filter { !$0.key.contains(".p/") }
        for (path, tile) in edge.partials { files[path.text] = tile.bytes }
        if let path = TilePath(.entries, index: edge.size / 256, size: edge.size), path.isPartial {
            files[path.text] = bundle
        }
    }

    static func id(_ index: UInt64) -> String {
        ULID(at: Timestamp(seconds: 1_790_000_000), tailHigh: 7, tailLow: 0xABCD_0000_0000_0000 | index).description
    }

    static func digest(_ bytes: [UInt8]) -> String {
        MerkleHash(SHA256.hash(data: bytes)).hex
    }

    // MARK: Checkpoints and bundles

    /// The checkpoint of now, or of an earlier size; cosigned at second 1,790,000,100.
    func checkpoint(size: UInt64? = nil, isCosigned: Bool = true) throws -> [UInt8] {
        var tree = TileTree(size: size ?? edge.size) { path in
            // Of an earlier size, whose partial tiles are gone: the beginning of what grew out of them.
            let grown = files.filter { $0.key.hasPrefix(path.full.text) }.values.first { $0.count >= path.width * 32 }
            return grown.map { Array($0.prefix(path.width * 32)) }
        }
        var note = try Checkpoint(origin: signer.key.name, size: tree.size, root: try tree.root()).signed(by: signer)
        if isCosigned { try note.add(try witness.signature(of: note.text, time: 1_790_000_100)) }
        return note.bytes
    }

    var sources: EvidenceSources {
        let files = files
        return EvidenceSources(
            tile: { files[$0.text] },
            blob: { $0 == SampleLog.digest(SampleLog.longText) ? SampleLog.longText : nil },
            policy: { $0 == SampleLog.digest(SampleLog.policyText) ? SampleLog.policyText : nil }
        )
    }

    func bundle(of indices: [UInt64], older: UInt64? = nil, isCosigned: Bool = true) throws -> EvidenceBundle {
        try EvidenceCollector(checkpoint: try checkpoint(isCosigned: isCosigned), sources: sources).bundle(
            of: indices,
            older: older,
            origin: EvidenceOrigin(asked: "a test", made: "2026-11-24T11:00:00.000000Z", maker: "test")
        )
    }

    var trusted: WitnessPolicy { WitnessPolicy(logs: [signer.key]) }

    func policy(quorum: String) throws -> WitnessPolicy {
        let other = try NoteSigner(
            name: "witness.example/w2",
            algorithm: .cosignature,
            seed: Array(repeating: 8, count: 32)
        )
        let lines = [
            "log \(signer.key.text)", "witness W1 \(witness.key.text)", "witness W2 \(other.key.text)",
            "group both all W1 W2", "quorum \(quorum)", "",
        ]
        return try WitnessPolicy(Array(lines.joined(separator: "\n").utf8))
    }
}
