/// A syntax tree as a flat list of its values in the order of the text: a value's members follow it, and it knows where
/// they end, so a subtree is skipped in one step and the whole is read without recursion.
///
/// Scalars whose key is not known (`location`, enumerations that do not matter) are left out.
struct SyntaxTape {
    struct Entry {
        /// The value's bytes in `json`; for a string without its quotes.
        var start: UInt32
        var end: UInt32
        /// The index behind the value's last member.
        var next: UInt32
        var key: SyntaxKey
        var marks: Marks
    }

    /// What a value is, and what it holds as a direct member.
    struct Marks: OptionSet {
        let rawValue: UInt8
        static let object = Marks(rawValue: 1)
        static let array = Marks(rawValue: 2)
        static let string = Marks(rawValue: 4)
        static let escaped = Marks(rawValue: 8)
        /// The node of a statement.
        static let statement = Marks(rawValue: 16)
        /// An object with `relname`: a RangeVar, under whatever key it stands.
        static let relation = Marks(rawValue: 32)
        /// An object with `withClause`, `intoClause` or `lockingClause`.
        static let scope = Marks(rawValue: 64)
    }

    let json: UnsafeBufferPointer<UInt8>
    private(set) var entries: [Entry] = []

    /// Nil when the bytes are not JSON of the parser's shape or hold more than `limit` entries.
    init?(json: UnsafeBufferPointer<UInt8>, limit: Int) {
        guard json.count < Int(UInt32.max) else { return nil }
        self.json = json
        entries.reserveCapacity(min(limit, json.count / 28 + 8))
        var scan = SyntaxScan(json: json, limit: limit)
        guard scan.run(&entries) else { return nil }
    }

    /// A tape that was read before; `bytes` is what its scalars point into.
    init(bytes: UnsafeBufferPointer<UInt8>, entries: [Entry]) {
        json = bytes
        self.entries = entries
    }

    var all: Range<Int> { 0..<entries.count }

    subscript(index: Int) -> Entry { entries[index] }

    func next(_ index: Int) -> Int { Int(entries[index].next) }

    /// The values inside this one, at any depth.
    func inside(_ index: Int) -> Range<Int> { index + 1..<next(index) }

    /// The direct member with this key.
    func member(_ key: SyntaxKey, of object: Int) -> Int? {
        var child = object + 1
        let end = next(object)
        while child < end {
            if entries[child].key == key { return child }
            child = next(child)
        }
        return nil
    }

    /// The direct members or elements, in order.
    func children(of index: Int) -> [Int] {
        var found: [Int] = []
        var child = index + 1
        let end = next(index)
        while child < end {
            found.append(child)
            child = next(child)
        }
        return found
    }

    /// The node that a value holds: its first member, where that is an object. `{"larg":{"RangeVar":{…}}}` -> RangeVar.
    func node(in index: Int) -> Int? {
        let child = index + 1
        return child < next(index) && entries[child].marks.contains(.object) ? child : nil
    }

    /// The node that a direct member holds.
    func node(_ key: SyntaxKey, of object: Int) -> Int? {
        member(key, of: object).flatMap { node(in: $0) }
    }

    /// The first value with this key inside this one, at any depth.
    func first(_ key: SyntaxKey, inside index: Int) -> Int? {
        inside(index).first { entries[$0].key == key }
    }

    /// Whether a boolean member is there: the parser leaves out what is false.
    func isTrue(_ key: SyntaxKey, of object: Int) -> Bool {
        member(key, of: object) != nil
    }

    /// A direct member that is a string.
    func text(_ key: SyntaxKey, of object: Int) -> String? {
        member(key, of: object).map { string($0) }
    }

    /// All strings of a name list, in order: `[{"String":{"sval":"a"}},…]`.
    func names(in index: Int) -> [String] {
        var found: [String] = []
        for child in inside(index) where entries[child].key == .sval && entries[child].marks.contains(.string) {
            found.append(string(child))
        }
        return found
    }

    func isString(_ index: Int, _ text: StaticString) -> Bool {
        let entry = entries[index]
        let bytes = UnsafeBufferPointer(rebasing: json[Int(entry.start)..<Int(entry.end)])
        return text.withUTF8Buffer { $0.elementsEqual(bytes) }
    }

    /// The integer of a number; 0 where it is not one.
    func integer(_ index: Int) -> Int {
        Int(string(index)) ?? 0
    }

    /// The text of a scalar, unescaped.
    func string(_ index: Int) -> String {
        let entry = entries[index]
        let bytes = UnsafeBufferPointer(rebasing: json[Int(entry.start)..<Int(entry.end)])
        guard entry.marks.contains(.escaped) else { return String(decoding: bytes, as: UTF8.self) }
        return String(decoding: SyntaxTape.unescaped(bytes), as: UTF8.self)
    }

    /// RFC 8259 section 7. libpg_query writes `\u` for control characters and `<` alone, never a surrogate.
    private static func unescaped(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        var rest = bytes[...]
        while let byte = rest.popFirst() {
            guard byte == 0x5C, let escape = rest.popFirst() else {
                out.append(byte)
                continue
            }
            switch escape {
            case 0x62: out.append(0x08)
            case 0x66: out.append(0x0C)
            case 0x6E: out.append(0x0A)
            case 0x72: out.append(0x0D)
            case 0x74: out.append(0x09)
            case 0x75:
                let digits = String(decoding: rest.prefix(4), as: UTF8.self)
                rest = rest.dropFirst(4)
                let scalar = UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init) ?? "\u{FFFD}"
                out.append(contentsOf: String(Character(scalar)).utf8)
            default: out.append(escape)
            }
        }
        return out
    }
}
