/// Where a browser goes on after a login: a path of the console itself, and never another site.
package struct ReturnPath: Hashable, Sendable {
    package let text: String

    /// `/` for whatever is not a plain absolute path: `//host`, `/\host`, control characters, anything long.
    package init(_ wanted: String?) {
        guard let wanted, wanted.utf8.count <= 2048, wanted.hasPrefix("/"), !wanted.hasPrefix("//"),
            wanted.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x5C })
        else {
            text = "/"
            return
        }
        text = wanted
    }
}
