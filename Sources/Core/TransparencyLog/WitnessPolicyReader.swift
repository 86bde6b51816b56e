/// Reads a policy file, line by line.
///
/// Names are octets: two spellings of one letter are two names. A name belongs to at most one group, so that a witness
/// counts once.
struct WitnessPolicyReader {
    private typealias Word = ArraySlice<UInt8>

    private static let longest = 1 << 18
    private static let most = 256

    private var logs: [WitnessPolicy.Log] = []
    private var witnesses: [WitnessPolicy.Witness] = []
    private var named: [[UInt8]: WitnessPolicy.Quorum] = [:]
    private var grouped: Set<[UInt8]> = []
    private var quorum: WitnessPolicy.Quorum?
    private var line = 0

    static func read(_ bytes: [UInt8]) throws(PolicyFileError) -> WitnessPolicy {
        var reader = WitnessPolicyReader()
        guard bytes.count <= longest else { throw reader.wrong("the file is longer than \(longest) bytes") }
        for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            reader.line += 1
            guard line.allSatisfy({ $0 == 0x09 || $0 >= 0x20 && $0 != 0x7F }) else {
                throw reader.wrong("a control character")
            }
            try reader.take(line.split { $0 == 0x20 || $0 == 0x09 })
        }
        guard let quorum = reader.quorum else { throw reader.wrong("there is no quorum line") }
        return WitnessPolicy(logs: reader.logs, witnesses: reader.witnesses, quorum: quorum)
    }

    private mutating func take(_ words: [Word]) throws(PolicyFileError) {
        guard let verb = words.first, verb.first != 0x23 else { return }
        switch String(decoding: verb, as: UTF8.self) {
        case "log": try takeLog(words)
        case "witness": try takeWitness(words)
        case "group": try takeGroup(words)
        case "quorum": try takeQuorum(words)
        default: throw wrong("a line begins with log, witness, group or quorum")
        }
    }

    private mutating func takeLog(_ words: [Word]) throws(PolicyFileError) {
        guard (2...3).contains(words.count) else { throw wrong("log VKEY [URL]") }
        let key = try key(words[1], .ed25519)
        guard logs.count < WitnessPolicyReader.most else { throw wrong("more than \(WitnessPolicyReader.most) logs") }
        guard !logs.contains(where: { $0.key.publicKey == key.publicKey }) else {
            throw wrong("this log is listed twice")
        }
        logs.append(.init(key: key, url: try url(words.dropFirst(2).first)))
    }

    private mutating func takeWitness(_ words: [Word]) throws(PolicyFileError) {
        guard (3...4).contains(words.count) else { throw wrong("witness NAME VKEY [URL]") }
        let key = try key(words[2], .cosignature)
        guard !witnesses.contains(where: { $0.key.publicKey == key.publicKey }) else {
            throw wrong("this witness is listed twice")
        }
        try name(words[1], .witness(witnesses.count))
        witnesses.append(.init(name: Array(words[1]), key: key, url: try url(words.dropFirst(3).first)))
    }

    private mutating func takeGroup(_ words: [Word]) throws(PolicyFileError) {
        guard words.count >= 4 else { throw wrong("group NAME all|any|NUMBER MEMBER…") }
        let members = words[3...]
        let count: Int
        switch String(decoding: words[2], as: UTF8.self) {
        case "all": count = members.count
        case "any": count = 1
        default:
            guard let number = CanonicalText.number(words[2]), (1...UInt64(members.count)).contains(number) else {
                throw wrong("a group needs all, any, or a number from 1 to \(members.count)")
            }
            count = Int(number)
        }
        var parts: [WitnessPolicy.Quorum] = []
        for member in members {
            guard let part = named[Array(member)] else { throw wrong("a member is not defined above") }
            guard grouped.insert(Array(member)).inserted else {
                throw wrong("a member is listed twice, or in two groups")
            }
            parts.append(part)
        }
        try name(words[1], .atLeast(count, of: parts))
    }

    private mutating func takeQuorum(_ words: [Word]) throws(PolicyFileError) {
        guard words.count == 2 else { throw wrong("quorum NAME|none") }
        guard quorum == nil else { throw wrong("there is a quorum line already") }
        guard !words[1].elementsEqual("none".utf8) else { return quorum = WitnessPolicy.Quorum.none }
        guard let found = named[Array(words[1])] else { throw wrong("the quorum's name is not defined above") }
        quorum = found
    }

    private mutating func name(_ word: Word, _ meaning: WitnessPolicy.Quorum) throws(PolicyFileError) {
        guard !word.elementsEqual("none".utf8) else { throw wrong("none is no name") }
        guard named.count < WitnessPolicyReader.most else { throw wrong("more than \(WitnessPolicyReader.most) names") }
        guard named.updateValue(meaning, forKey: Array(word)) == nil else { throw wrong("this name is taken") }
    }

    private func key(_ word: Word, _ algorithm: NoteVerifierKey.Algorithm) throws(PolicyFileError) -> NoteVerifierKey {
        let key: NoteVerifierKey
        do throws(NoteError) {
            guard let text = String(validating: word, as: UTF8.self) else { throw NoteError.malformedKey }
            key = try NoteVerifierKey(text)
        } catch {
            throw wrong("\(error)")
        }
        guard key.algorithm == algorithm else {
            throw wrong(algorithm == .ed25519 ? "this is no log's key" : "this is no witness's key")
        }
        return key
    }

    private func url(_ word: Word?) throws(PolicyFileError) -> String? {
        guard let word else { return nil }
        guard let text = String(validating: word, as: UTF8.self) else { throw wrong("the URL is not UTF-8") }
        return text
    }

    private func wrong(_ what: String) -> PolicyFileError {
        PolicyFileError(line: line, what: what)
    }
}

extension WitnessPolicy {
    /// Parses a policy file. A witness of a kind that this version cannot verify is refused, and so is the file.
    package init(_ bytes: [UInt8]) throws(PolicyFileError) {
        self = try WitnessPolicyReader.read(bytes)
    }
}
