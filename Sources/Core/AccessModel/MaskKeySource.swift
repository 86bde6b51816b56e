/// Where the SQL of `hash` masks has its key from.
package enum MaskKeySource: Hashable, Sendable {
    /// The key stands in the text: for texts that stay where the key is.
    case text(MaskKeys)
    /// The key is in the session's settings, which its first message gave: no statement, and so no log and no view of
    /// the target's, has it. A session without them gets an error, one with others than these NULL.
    case settings
}

extension MaskKeySource {
    private static let innerName = "countersign.mask_inner"
    private static let outerName = "countersign.mask_outer"

    /// The settings of a session for `settings`, in hexadecimal. RESET and DISCARD go back to them when they come with
    /// the start-up message.
    package static func settings(for keys: MaskKeys) -> [(name: String, value: String)] {
        [(innerName, hex(keys.inner)), (outerName, hex(keys.outer))]
    }

    /// The bytes of the inner and the outer key, in SQL.
    var inner: String { bytes({ $0.inner }, MaskKeySource.innerName) }
    var outer: String { bytes({ $0.outer }, MaskKeySource.outerName) }

    /// No backslash: how a literal reads it depends on a setting.
    private func bytes(_ part: (MaskKeys) -> [UInt8], _ name: String) -> String {
        switch self {
        case .text(let keys): return MaskKeySource.decoded("'\(MaskKeySource.hex(part(keys)))'::pg_catalog.text")
        case .settings:
            let setting = "pg_catalog.current_setting('\(name)'::pg_catalog.text)"
            let isWhole = "pg_catalog.char_length(\(setting)) OPERATOR(pg_catalog.=) 128"
            return "CASE WHEN \(isWhole) THEN \(MaskKeySource.decoded(setting)) END"
        }
    }

    private static func decoded(_ text: String) -> String {
        "pg_catalog.decode(\(text), 'hex'::pg_catalog.text)"
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.flatMap { [JSONBytes.hexDigit($0 >> 4), JSONBytes.hexDigit($0 & 15)] }, as: UTF8.self)
    }
}
