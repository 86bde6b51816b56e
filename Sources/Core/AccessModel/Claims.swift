/// What the issuer asserted and the gateway verified. A nested claim is reached by a path: `kubernetes.io.namespace`
/// finds the member `namespace` of the member `kubernetes.io`.
package struct Claims: Hashable, Sendable {
    package var values: [String: ClaimValue]

    package init(_ values: [String: ClaimValue] = [:]) {
        self.values = values
    }

    /// The value under a name, or under a dotted path where no such name exists. Names may hold dots themselves, so
    /// the longest name that exists is taken at each step.
    package subscript(path: String) -> ClaimValue? {
        Claims.find(Substring(path), in: values)
    }

    private static func find(_ path: Substring, in object: [String: ClaimValue]) -> ClaimValue? {
        if let value = member(path, of: object) { return value }
        var end = path.endIndex
        while let dot = path[..<end].lastIndex(of: ".") {
            if case .object(let inner)? = member(path[..<dot], of: object) {
                return find(path[path.index(after: dot)...], in: inner)
            }
            end = dot
        }
        return nil
    }

    /// By the bytes of the name: a dictionary of texts would take another one that looks the same, too.
    private static func member(_ name: Substring, of object: [String: ClaimValue]) -> ClaimValue? {
        guard let index = object.index(forKey: String(name)), object[index].key.utf8.elementsEqual(name.utf8) else {
            return nil
        }
        return object[index].value
    }
}
