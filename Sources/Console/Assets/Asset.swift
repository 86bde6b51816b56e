internal import AccessModel
internal import Crypto
internal import NIOCore

/// A file that pages load, kept in the program. Its address holds a digest of what it is, so that a browser may keep it
/// for ever and never takes an old one for a new one.
struct Asset: Sendable {
    let kind: AssetKind
    let body: ByteBuffer
    /// `/assets/console.0123456789abcdef.css`
    let path: String

    init(_ name: String, _ kind: AssetKind, _ text: String) {
        self.kind = kind
        body = ByteBuffer(string: text)
        let digest = SHA256.hash(data: Array(text.utf8)).prefix(8)
        let digits = digest.flatMap { [JSONBytes.hexDigit($0 >> 4), JSONBytes.hexDigit($0 & 15)] }
        path = "/assets/\(name).\(String(decoding: digits, as: UTF8.self)).\(kind.rawValue)"
    }
}

extension Asset {
    static let style = Asset("console", .style, StyleText.all)
    static let mark = Asset("mark", .image, MarkText.text)
    /// Times in the reader's zone, and countdowns.
    static let times = Asset("times", .module, TimesModule.text)
    /// Parts of a page that follow what happens.
    static let live = Asset("live", .module, LiveModule.text)
    /// Buttons that copy.
    static let copy = Asset("copy", .module, CopyModule.text)
    /// A record's proof, verified by the browser.
    static let verify = Asset("verify", .module, VerifyModule.text)
    /// A session, step by step.
    static let replay = Asset("replay", .module, ReplayModule.text)

    static let all = [style, mark, times, copy, live, verify, replay]
}
