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
        if let value = object[String(path)] { return value }
        var end = path.endIndex
        while let dot = path[..<end].lastIndex(of: ".") {
            if case .object(let inner)? = object[String(path[..<dot])] {
                return find(path[path.index(after: dot)...], in: inner)
            }
            end = dot
        }
        return nil
    }
}
