import AccessModel

/// The narrowest entry of a grant that covers one effect, as the file would have it: `delete: [public.orders]`.
struct SmallestGrant {
    let text: String

    /// Nil where the effect has an object that no grant can name.
    init?(_ effect: Effect) {
        guard effect.object.isKnown(for: effect.action) else { return nil }
        let name: String
        switch ObjectSyntax(effect.action) {
        case .qualified:
            guard let schema = effect.object.schema else {
                guard ObjectSyntax.reachesBeyondSchemas(effect.action) else { return nil }
                name = ".\(SmallestGrant.quote(effect.object.name))"
                break
            }
            let columns = ObjectSyntax.hasColumns(effect.action) ? effect.columns ?? [] : []
            let list = columns.isEmpty ? "" : "(\(columns.map(SmallestGrant.quote).joined(separator: ", ")))"
            name = "\(SmallestGrant.quote(schema)).\(SmallestGrant.quote(effect.object.name))\(list)"
        case .identifier: name = SmallestGrant.quote(effect.object.description)
        case .parameter, .path, .text: name = effect.object.description
        }
        guard name.utf8.count <= 512,
            !name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
        else { return nil }
        text = "\(effect.action.rawValue): [\(SmallestGrant.scalar(name))]"
    }

    /// An SQL identifier, in quotes where it would otherwise be folded or is none.
    private static func quote(_ name: String) -> String {
        let isPlain = name.utf8.enumerated().allSatisfy { index, byte in
            (0x61...0x7A).contains(byte) || byte == 0x5F || index > 0 && ((0x30...0x39).contains(byte) || byte == 0x24)
        }
        return isPlain && !name.isEmpty
            ? name : "\"\(name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\""))\""
    }

    /// A YAML scalar inside a list.
    private static func scalar(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2E, 0x5F, 0x24, 0x2F: true
            default: false
            }
        }
        if isPlain { return text }
        return text.contains("\"") || text.contains("\\")
            ? "'\(text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''"))'"
            : "\"\(text)\""
    }
}
