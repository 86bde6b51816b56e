extension JSONMembers {
    /// The strings of a member that is an array; what is no string is left out, and no array is none.
    package func strings(_ name: StaticString) -> [String] {
        elements(name).compactMap { text.string(at: $0) }
    }

    /// The objects of a member that is an array.
    package func objects(_ name: StaticString) -> [JSONMembers] {
        elements(name).compactMap { JSONMembers(text, in: $0) }
    }

    /// The values of a member that is an array, as they stand in the text.
    package func elements(_ name: StaticString) -> [Range<Int>] {
        self[name].flatMap { text.elements(of: $0) } ?? []
    }
}
