internal import AccessModel

/// A time as a page tells it: in UTC, for a module to tell in the reader's zone.
enum PageTime {
    /// For the template `time`; nil where the text is no time.
    static func view(_ json: PageJSON, countsDown: Bool = false) -> PageView? {
        guard let text = json.string, let time = Timestamp(rfc3339: text) else { return nil }
        let iso = time.description
        return PageView(present: ["iso": iso, "words": words(iso), "left": countsDown ? true : nil])
    }

    /// `2026-11-23 22:13:47 UTC`
    private static func words(_ iso: String) -> String {
        "\(iso.prefix(10)) \(iso.dropFirst(11).prefix(8)) UTC"
    }
}
