/// Where the keys of a configuration file stand, for what is wrong with what they name: files, secrets, certificates.
package struct ConfigurationPlaces {
    private let root: YAMLNode?

    /// Of the text of a file, which need not be a good one.
    package init(_ text: String) {
        root = YAMLComposer(sink: DiagnosticSink(file: "")).compose(text)
    }

    /// The place of the value that these keys lead to, one inside of the other; where the file has not all of them, of the
    /// last one that it has.
    package func place(of keys: [String]) -> Place {
        var (place, node) = (Place.start, root)
        for key in keys {
            guard case .mapping(let members)? = node?.content, let member = members.first(where: { $0.key == key })
            else {
                return place
            }
            place = member.place
            node = member.value
        }
        return place
    }
}
