/// Finds the key of a member name: open addressing, at most a quarter full, filled once.
struct SyntaxKeyTable {
    struct Slot {
        var key = SyntaxKey.other
        var isStatement = false
        var name: [UInt8] = []
    }

    static let shared = SyntaxKeyTable()

    private static let mask = 1023
    private let slots: [Slot]

    private init() {
        var slots = [Slot](repeating: Slot(), count: SyntaxKeyTable.mask + 1)
        for key in SyntaxKey.allCases where key != .other {
            let name = Array(key.rawValue.utf8)
            var index = name.withUnsafeBufferPointer { SyntaxKeyTable.hash($0) }
            while slots[index].key != .other { index = (index + 1) & SyntaxKeyTable.mask }
            slots[index] = Slot(key: key, isStatement: SyntaxKeyTable.isStatement(name[...]), name: name)
        }
        self.slots = slots
    }

    /// The key, and whether the name is that of a statement's node; an unknown statement is one too.
    func find(_ name: UnsafeBufferPointer<UInt8>) -> (key: SyntaxKey, isStatement: Bool) {
        var index = SyntaxKeyTable.hash(name)
        while slots[index].key != .other {
            if slots[index].name.elementsEqual(name) { return (slots[index].key, slots[index].isStatement) }
            index = (index + 1) & SyntaxKeyTable.mask
        }
        return (.other, SyntaxKeyTable.isStatement(name[...]))
    }

    private static func isStatement(_ name: some BidirectionalCollection<UInt8>) -> Bool {
        guard let first = name.first, (0x41...0x5A).contains(first) else { return false }
        return name.suffix(4).elementsEqual("Stmt".utf8)
    }

    private static func hash(_ name: UnsafeBufferPointer<UInt8>) -> Int {
        var hash: UInt32 = 2_166_136_261
        for byte in name { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        return Int(hash ^ hash >> 15) & mask
    }
}
