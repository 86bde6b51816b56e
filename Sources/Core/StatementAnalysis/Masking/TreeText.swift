/// A syntax tree as the parser writes it, in JSON: what the tape leaves out, found by the byte that a value begins at.
struct TreeText {
    let json: UnsafeBufferPointer<UInt8>

    init(_ json: UnsafeBufferPointer<UInt8>) {
        self.json = json
    }

    /// The byte behind the value that begins at `start`.
    func end(of start: Int) -> Int {
        guard start < json.count else { return json.count }
        switch json[start] {
        case 0x22: return endOfString(start)
        case 0x7B, 0x5B: return endOfContainer(start)
        default:
            var index = start
            while index < json.count, ![0x2C, 0x7D, 0x5D].contains(json[index]) { index += 1 }
            return index
        }
    }

    private func endOfContainer(_ start: Int) -> Int {
        var depth = 0
        var index = start
        while index < json.count {
            switch json[index] {
            case 0x7B, 0x5B: depth += 1
            case 0x7D, 0x5D: depth -= 1
            case 0x22: index = endOfString(index) - 1
            default: break
            }
            index += 1
            if depth == 0 { return index }
        }
        return json.count
    }

    /// The byte behind the string that begins at `start`.
    func endOfString(_ start: Int) -> Int {
        var index = start + 1
        while index < json.count, json[index] != 0x22 { index += json[index] == 0x5C ? 2 : 1 }
        return min(index + 1, json.count)
    }

    /// The direct members of an object, in order: their names, and where their values begin.
    func members(of object: Int) -> [(name: Range<Int>, value: Int)] {
        guard object < json.count, json[object] == 0x7B else { return [] }
        var found: [(name: Range<Int>, value: Int)] = []
        var index = object + 1
        while index < json.count, json[index] == 0x22 {
            let behind = endOfString(index)
            found.append((index + 1..<behind - 1, behind + 1))
            index = end(of: behind + 1)
            if index < json.count, json[index] == 0x2C { index += 1 }
        }
        return found
    }

    /// Where the value of a direct member begins.
    func member(_ name: StaticString, of object: Int) -> Int? {
        members(of: object).first { isName($0.name, name) }?.value
    }

    /// Where the value at the end of a path of members begins; an array stands for its only element.
    func value(at path: [StaticString], of object: Int) -> Int? {
        var place = object
        for name in path {
            guard let next = member(name, of: place) else { return nil }
            place = next
            guard json[next] == 0x5B else { continue }
            guard next + 1 < json.count, json[next + 1] == 0x7B, end(of: next + 1) == end(of: next) - 1 else {
                return nil
            }
            place = next + 1
        }
        return place
    }

    /// The number of a direct member; nil where there is none: the parser leaves out a zero.
    func number(_ name: StaticString, of object: Int) -> Int? {
        member(name, of: object).flatMap { Int(String(decoding: json[$0..<end(of: $0)], as: UTF8.self)) }
    }

    private func isName(_ range: Range<Int>, _ name: StaticString) -> Bool {
        name.withUTF8Buffer { $0.elementsEqual(json[range]) }
    }
}
