/// Reads the parser's JSON in one pass. Depth is a list on the heap: no tree can exhaust the stack.
struct SyntaxScan {
    let json: UnsafeBufferPointer<UInt8>
    let limit: Int
    private let keys = SyntaxKeyTable.shared
    private var position = 0
    private var open: [Int] = []
    private var key = SyntaxKey.other
    private var isStatement = false

    init(json: UnsafeBufferPointer<UInt8>, limit: Int) {
        self.json = json
        self.limit = limit
        open.reserveCapacity(64)
    }

    /// Fills the tape. False when the bytes are not of the parser's shape, or hold more than `limit` entries.
    mutating func run(_ entries: inout [SyntaxTape.Entry]) -> Bool {
        while position < json.count {
            switch json[position] {
            case 0x7B: begin(.object, &entries)
            case 0x5B: begin(.array, &entries)
            case 0x7D, 0x5D: guard end(&entries) else { return false }
            case 0x2C: position += 1
            case 0x22: guard string(&entries) else { return false }
            case 0x2D, 0x30...0x39, 0x74, 0x66, 0x6E: literal(&entries)
            default: return false
            }
            guard entries.count <= limit else { return false }
        }
        return open.isEmpty && !entries.isEmpty
    }

    private mutating func append(
        _ kind: SyntaxTape.Marks,
        _ start: Int,
        _ end: Int,
        _ entries: inout [SyntaxTape.Entry]
    ) {
        var marks = kind
        if isStatement { marks.insert(.statement) }
        let next = UInt32(entries.count + 1)
        entries.append(.init(start: UInt32(start), end: UInt32(end), next: next, key: key, marks: marks))
        if let parent = open.last, key != .other {
            switch key {
            case .relname: entries[parent].marks.insert(.relation)
            case .withClause, .intoClause, .lockingClause: entries[parent].marks.insert(.scope)
            default: break
            }
        }
        key = .other
        isStatement = false
    }

    private mutating func begin(_ kind: SyntaxTape.Marks, _ entries: inout [SyntaxTape.Entry]) {
        append(kind, position, position, &entries)
        open.append(entries.count - 1)
        position += 1
    }

    private mutating func end(_ entries: inout [SyntaxTape.Entry]) -> Bool {
        guard let container = open.popLast() else { return false }
        entries[container].next = UInt32(entries.count)
        position += 1
        return true
    }

    /// A member's name, or a string.
    private mutating func string(_ entries: inout [SyntaxTape.Entry]) -> Bool {
        let start = position + 1
        var index = start
        var marks: SyntaxTape.Marks = .string
        while index < json.count, json[index] != 0x22 {
            if json[index] == 0x5C {
                marks.insert(.escaped)
                index += 1
            }
            index += 1
        }
        guard index < json.count else { return false }
        position = index + 1
        if position < json.count, json[position] == 0x3A {
            position += 1
            (key, isStatement) = keys.find(UnsafeBufferPointer(rebasing: json[start..<index]))
        } else if key != .other {
            append(marks, start, index, &entries)
        }
        return true
    }

    /// A number, `true`, `false` or `null`.
    private mutating func literal(_ entries: inout [SyntaxTape.Entry]) {
        let start = position
        while position < json.count, json[position] != 0x2C, json[position] != 0x7D, json[position] != 0x5D {
            position += 1
        }
        if key != .other { append([], start, position, &entries) }
    }
}
