/// Keys and tokens of cloud and code hosts, by their prefix; AWS secret keys and Azure account keys, by their name.
enum CloudKeyForm {
    private struct Prefix {
        var text: StaticString
        var lengths: ClosedRange<Int>
        var isOfKey: @Sendable (UInt8) -> Bool

        init(_ text: StaticString, _ lengths: ClosedRange<Int>, _ isOfKey: @escaping @Sendable (UInt8) -> Bool) {
            self.text = text
            self.lengths = lengths
            self.isOfKey = isOfKey
        }
    }

    static func end(in bytes: Bytes, at start: Int) -> Int? {
        mayBegin(bytes[start], bytes[start + 1]) ? checkedEnd(in: bytes, at: start) : nil
    }

    @inline(never)
    private static func checkedEnd(in bytes: Bytes, at start: Int) -> Int? {
        let candidates = prefixes[Int(ASCII.lower(bytes[start]) &- 0x61)]
        for prefix in candidates where bytes.has(prefix.text, at: start) {
            let key = start + prefix.text.utf8CodeUnitCount
            // One more than may be: a longer run is none, and is not read to its end.
            let end = bytes.end(from: key, limit: prefix.lengths.upperBound + 1, while: prefix.isOfKey)
            if prefix.lengths.contains(end - key) { return end }
        }
        switch bytes[start] {
        case 0x53, 0x73: return awsSecretEnd(in: bytes, at: start)
        case 0x41: return bytes.has("AccountKey=", at: start) ? secretEnd(in: bytes, from: start + 11, length: 88) : nil
        default: return nil
        }
    }

    /// By the first two letters: most words end here, at the cost of two comparisons.
    private static func mayBegin(_ first: UInt8, _ second: UInt8) -> Bool {
        switch (first, second) {
        case (0x41, 0x4B), (0x41, 0x53), (0x41, 0x49), (0x41, 0x63): true  // AK AS AI Ac
        case (0x67, 0x68), (0x67, 0x6C), (0x67, 0x69), (0x47, 0x4F): true  // gh gl gi GO
        case (0x78, 0x6F), (0x78, 0x61), (0x72, 0x6B), (0x79, 0x61): true  // xo xa rk ya
        case (0x73, 0x6B), (0x73, 0x68), (0x53, 0x47), (0x77, 0x68): true  // sk sh SG wh
        case (0x73, 0x65), (0x53, 0x65), (0x53, 0x45), (0x73, 0x45): true  // secret, in any case
        case (0x68, 0x76), (0x68, 0x66), (0x6E, 0x70), (0x70, 0x79): true  // hv hf np py
        case (0x64, 0x63), (0x64, 0x6F): true  // dc do
        default: false
        }
    }

    /// `secret_access_key`, in any case and with or without underscores, up to six of `"':=` and spaces, and 40 characters.
    private static func awsSecretEnd(in bytes: Bytes, at start: Int) -> Int? {
        guard bytes.hasWord("secret", at: start) else { return nil }
        var index = start + 6
        for word: StaticString in ["access", "key"] {
            if bytes[index] == 0x5F { index += 1 }
            guard bytes.hasWord(word, at: index) else { return nil }
            index += word.utf8CodeUnitCount
        }
        let secret = bytes.end(
            from: index,
            limit: 7,
            while: { $0 == 0x20 || $0 == 0x22 || $0 == 0x27 || $0 == 0x3A || $0 == 0x3D }
        )
        return (1...6).contains(secret - index) ? secretEnd(in: bytes, from: secret, length: 40) : nil
    }

    private static func secretEnd(in bytes: Bytes, from start: Int, length: Int) -> Int? {
        let end = bytes.end(
            from: start,
            limit: length + 1,
            while: { ASCII.isWord($0) || $0 == 0x2B || $0 == 0x2F || $0 == 0x3D }
        )
        return end - start == length ? end : nil
    }

    private static func isCapital(_ byte: UInt8) -> Bool {
        byte &- 0x41 < 26 || ASCII.isDigit(byte)
    }

    private static func isDotted(_ byte: UInt8) -> Bool {
        ASCII.isBase64URL(byte) || byte == 0x2E
    }

    /// By the first letter, a to z.
    private static let prefixes: [[Prefix]] = {
        let long = 20...512
        let all: [Prefix] =
            (["AKIA", "ASIA"] as [StaticString]).map { Prefix($0, 16...16, isCapital) }
            + (["ghp_", "gho_", "ghu_", "ghs_", "ghr_"] as [StaticString]).map { Prefix($0, 36...255, ASCII.isWord) }
            + (["glpat-", "gldt-", "glrt-", "glptt-", "glsoat-", "glcbt-"] as [StaticString]).map {
                Prefix($0, long, isDotted)
            }
            + (["xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxe-", "xapp-"] as [StaticString]).map {
                Prefix($0, 10...512, isDotted)
            }
            + (["sk_live_", "rk_live_", "sk_test_", "rk_test_"] as [StaticString]).map {
                Prefix($0, 16...255, ASCII.isWord)
            }
            + (["sk-ant-", "sk-proj-", "GOCSPX-", "dckr_pat_", "github_pat_"] as [StaticString]).map {
                Prefix($0, long, ASCII.isBase64URL)
            }
            + [
                Prefix("AIza", 35...35, ASCII.isBase64URL), Prefix("ya29.", 20...2048, isDotted),
                Prefix("SG.", 60...80, isDotted), Prefix("hvs.", 24...512, ASCII.isBase64URL),
                Prefix("npm_", 36...36, ASCII.isWord), Prefix("pypi-", 50...512, ASCII.isBase64URL),
                Prefix("dop_v1_", 64...64, ASCII.isWord), Prefix("shpat_", 32...32, ASCII.isWord),
                Prefix("whsec_", 24...128, ASCII.isWord), Prefix("hf_", 30...64, ASCII.isWord),
            ]
        var table = [[Prefix]](repeating: [], count: 26)
        for prefix in all {
            table[Int(ASCII.lower(prefix.text.withUTF8Buffer { $0[0] }) &- 0x61)].append(prefix)
        }
        return table
    }()
}
