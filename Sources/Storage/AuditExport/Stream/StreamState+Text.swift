internal import AuditLog
internal import Crypto
internal import TransparencyLog

extension StreamState {
    private static let title = "countersign export cursor v1"

    /// Lines of words: the title, `position`, `quiet`, `session`, `running`, `waiting`, and SHA-256 of the lines before.
    package var encoded: String {
        var text = StreamState.title + "\nquiet \(quietBelow)\n"
        if let position {
            text += "position \(position.segment) \(position.offset) \(position.index) \(position.leaf.hex)\n"
        }
        for (id, session) in sessions.sorted(by: { $0.key < $1.key }) {
            text += "session \(id)\(StreamState.words(session.opened))\n"
            for place in session.running.values.sorted(by: { $0.index < $1.index }) {
                text += "running \(id)\(StreamState.words(place))\n"
            }
        }
        for item in waiting { text += "waiting\(StreamState.words(item.record))\(StreamState.words(item.session))\n" }
        return text + StreamState.digest(text) + "\n"
    }

    /// Nil where the text is not what was written.
    package init?(encoded text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count >= 4, lines.last == "", lines[0] == StreamState.title else { return nil }
        self.init()
        for line in lines[1..<(lines.count - 2)] {
            guard read(line.split(separator: " ", omittingEmptySubsequences: false)) else { return nil }
        }
        guard encoded == text else { return nil }
    }

    private mutating func read(_ words: [Substring]) -> Bool {
        switch (words.first, words.count) {
        case ("quiet", 2):
            guard let index = UInt64(words[1]) else { return false }
            quietBelow = index
        case ("position", 5):
            guard let place = StreamState.place(words[1..<4]), let leaf = MerkleHash(hex: String(words[4])) else {
                return false
            }
            position = LedgerPosition(segment: place.segment, offset: place.offset, index: place.index, leaf: leaf)
        case ("session", 2): sessions[String(words[1])] = LiveSession()
        case ("session", 5):
            guard let place = StreamState.place(words[2..<5]) else { return false }
            sessions[String(words[1])] = LiveSession(opened: place)
        case ("running", 5):
            guard let place = StreamState.place(words[2..<5]), sessions[String(words[1])] != nil else { return false }
            sessions[String(words[1])]?.running[place.index] = place
        case ("waiting", 4):
            guard let place = StreamState.place(words[1..<4]) else { return false }
            waiting.append(Waiting(record: place))
        case ("waiting", 7):
            guard let place = StreamState.place(words[1..<4]), let session = StreamState.place(words[4..<7]) else {
                return false
            }
            waiting.append(Waiting(record: place, session: session))
        default: return false
        }
        return true
    }

    private static func words(_ place: RecordPlace?) -> String {
        place.map { " \($0.segment) \($0.offset) \($0.index)" } ?? ""
    }

    private static func place(_ words: ArraySlice<Substring>) -> RecordPlace? {
        let first = words.startIndex
        guard let segment = UInt64(words[first]), let offset = Int64(words[first + 1]),
            let index = UInt64(words[first + 2])
        else { return nil }
        return RecordPlace(segment: segment, offset: offset, index: index)
    }

    private static func digest(_ text: String) -> String {
        Hexadecimal.string(SHA256.hash(data: Array(text.utf8)))
    }
}
