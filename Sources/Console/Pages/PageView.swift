/// What a template is filled with: names and texts, lists of such, and truths. Whatever stands in it is escaped where it is
/// shown, so none of it has to be.
typealias PageView = [String: Any]

extension PageView {
    /// Without what is nil and without empty texts: a section asks whether a name is there.
    init(present pairs: KeyValuePairs<String, Any?>) {
        self.init()
        for (name, value) in pairs {
            guard let value, (value as? String)?.isEmpty != true else { continue }
            self[name] = value
        }
    }
}
