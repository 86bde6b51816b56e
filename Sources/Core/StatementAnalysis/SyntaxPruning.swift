/// Copies a tape without the JSON that it was read from, and without what no analysis asks for: the constants of long
/// lists. A megabyte of VALUES or IN would else be kept as twenty.
struct SyntaxPruning {
    let tape: SyntaxTape
    private(set) var entries: [SyntaxTape.Entry] = []
    private(set) var bytes: [UInt8] = []
    /// The containers that are open: where they end on the tape, and where they stand in `entries`.
    private var open: [(end: Int, index: Int)] = []
    /// How many of them are VALUES lists.
    private var openValues = 0

    init(tape: SyntaxTape) {
        self.tape = tape
        entries.reserveCapacity(tape.all.count)
    }

    mutating func run() {
        var index = 0
        while index < tape.all.upperBound {
            close(at: index)
            if isConstantElement(index) {
                index = tape.next(index)
                continue
            }
            copy(index)
            index += 1
        }
        close(at: index)
    }

    private mutating func close(at index: Int) {
        while let last = open.last, last.end <= index {
            entries[last.index].next = UInt32(entries.count)
            if entries[last.index].key == .valuesLists { openValues -= 1 }
            open.removeLast()
        }
    }

    private mutating func copy(_ index: Int) {
        var entry = tape[index]
        if entry.marks.isDisjoint(with: [.object, .array]) {
            let start = bytes.count
            bytes.append(contentsOf: tape.json[Int(entry.start)..<Int(entry.end)])
            (entry.start, entry.end) = (UInt32(start), UInt32(bytes.count))
            entry.next = UInt32(entries.count + 1)
        } else {
            if entry.key == .valuesLists { openValues += 1 }
            open.append((tape.next(index), entries.count))
        }
        entries.append(entry)
    }

    /// Whether an element holds constants alone and stands in a list that nothing is looked up in: the operand of IN, and
    /// the rows of VALUES but for the first, whose length says how many columns there are.
    private func isConstantElement(_ index: Int) -> Bool {
        guard let list = open.last, tape[index].marks.contains(.object), tape[index].key == .other else { return false }
        switch entries[list.index].key {
        case .valuesLists: guard entries.count - 1 > list.index else { return false }
        case .items: guard openValues == 0 else { return false }
        default: return false
        }
        return tape.inside(index).allSatisfy { SyntaxPruning.constants.contains(tape[$0].key) }
    }

    private static let constants: Set<SyntaxKey> = [.other, .aConst, .sval, .ival, .boolval, .list, .items]
}
