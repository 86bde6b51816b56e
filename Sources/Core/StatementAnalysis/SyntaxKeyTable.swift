/// Finds the key of a member name: open addressing, at most a quarter full, filled once.
struct SyntaxKeyTable {
    private struct Slot {
        var hash: UInt32 = 0
        /// Where the name stands in `names`; a slot without length is free.
        var start: UInt16 = 0
        var length: UInt16 = 0
        var key = SyntaxKey.other
        var isStatement = false
    }

    static let shared = SyntaxKeyTable()

    private static let mask = 2047
    private let slots: [Slot]
    private let names: [UInt8]

    private init() {
        var slots = [Slot](repeating: Slot(), count: SyntaxKeyTable.mask + 1)
        var names: [UInt8] = []
        for key in SyntaxKey.allCases where key != .other {
            let name = Array(key.rawValue.utf8)
            let hash = name.withUnsafeBufferPointer { SyntaxKeyTable.hash($0) }
            var index = SyntaxKeyTable.home(hash)
            while slots[index].length > 0 { index = (index + 1) & SyntaxKeyTable.mask }
            slots[index] = Slot(
                hash: hash,
                start: UInt16(names.count),
                length: UInt16(name.count),
                key: key,
                isStatement: SyntaxKeyTable.isStatement(name)
            )
            names += name
        }
        self.slots = slots
        self.names = names
    }

    /// The key, and whether the name is that of a statement's node; an unknown statement is one too.
    func find(_ name: UnsafeBufferPointer<UInt8>) -> (key: SyntaxKey, isStatement: Bool) {
        let hash = SyntaxKeyTable.hash(name)
        var index = SyntaxKeyTable.home(hash)
        while true {
            let slot = slots[index]
            guard slot.length > 0 else { return (.other, SyntaxKeyTable.isStatement(name)) }
            if slot.hash == hash, Int(slot.length) == name.count, holds(name, at: Int(slot.start)) {
                return (slot.key, slot.isStatement)
            }
            index = (index + 1) & SyntaxKeyTable.mask
        }
    }

    private func holds(_ name: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
        for offset in 0..<name.count where names[start + offset] != name[offset] { return false }
        return true
    }

    private static func isStatement(_ name: some BidirectionalCollection<UInt8>) -> Bool {
        guard let first = name.first, (0x41...0x5A).contains(first) else { return false }
        return name.suffix(4).elementsEqual("Stmt".utf8)
    }

    private static func home(_ hash: UInt32) -> Int {
        Int((hash &* 2_654_435_761) >> 21)
    }

    /// The length and three bytes that tell the names apart well; a name is compared whole after that. The names are
    /// the parser's: nobody can choose them to collide.
    private static func hash(_ name: UnsafeBufferPointer<UInt8>) -> UInt32 {
        guard let last = name.last else { return 0 }
        let count = name.count
        let middle = UInt32(name[count / 2]) | UInt32(name[count / 3]) << 8
        return middle | UInt32(last) << 16 | UInt32(truncatingIfNeeded: count) << 24
    }
}
