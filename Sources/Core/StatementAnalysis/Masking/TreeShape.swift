/// Writes parts of a syntax tree without the places of their nodes, so that equal bytes are equal meaning.
struct TreeShape {
    /// What is written instead of an object.
    enum Stand: Hashable {
        case mark(Int)
        /// Not even a comma.
        case nothing
    }

    private let tree: TreeText
    private let stands: [Int: Stand]
    private var out: [UInt8] = []
    private var hasComma = false

    private init(_ tree: TreeText, _ stands: [Int: Stand]) {
        self.tree = tree
        self.stands = stands
    }

    /// The value that begins at `start`. `stands` has the bytes at which objects begin that something stands for.
    static func of(_ tree: TreeText, at start: Int, stands: [Int: Stand] = [:]) -> [UInt8] {
        var shape = TreeShape(tree, stands)
        shape.write(start..<tree.end(of: start))
        return shape.out
    }

    private mutating func write(_ range: Range<Int>) {
        out.reserveCapacity(range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            switch tree.json[index] {
            case 0x2C:
                hasComma = true
                index += 1
            case 0x22: index = string(index)
            case 0x7B:
                if let stand = stands[index] {
                    self.stand(stand)
                    index = tree.end(of: index)
                } else {
                    index = byte(index)
                }
            case 0x7D, 0x5D:
                hasComma = false
                index = byte(index)
            default: index = byte(index)
            }
        }
    }

    private mutating func byte(_ index: Int) -> Int {
        comma()
        out.append(tree.json[index])
        return index + 1
    }

    private mutating func stand(_ stand: Stand) {
        guard case .mark(let number) = stand else { return }
        comma()
        out.append(0x23)
        out += Array("\(number)".utf8)
    }

    /// A string, or a member's name; a place is left out.
    private mutating func string(_ start: Int) -> Int {
        let end = tree.endOfString(start)
        let isName = end < tree.json.count && tree.json[end] == 0x3A
        if isName, isPlace(start + 1..<end - 1), end + 1 < tree.json.count, isNumber(tree.json[end + 1]) {
            return tree.end(of: end + 1)
        }
        comma()
        out += tree.json[start..<end]
        return end
    }

    private mutating func comma() {
        if hasComma, let last = out.last, last != 0x7B, last != 0x5B { out.append(0x2C) }
        hasComma = false
    }

    /// A tablespace has a `location` too, which is a string.
    private func isNumber(_ byte: UInt8) -> Bool {
        byte == 0x2D || (0x30...0x39).contains(byte)
    }

    private func isPlace(_ name: Range<Int>) -> Bool {
        TreeShape.places.contains { place in place.withUTF8Buffer { $0.elementsEqual(tree.json[name]) } }
    }

    private static let places: [StaticString] = ["location", "stmt_location", "stmt_len"]
}
