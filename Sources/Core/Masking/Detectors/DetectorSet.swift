/// Which detectors look at a value.
///
/// One pass, whose cost is linear in the value's length whatever the value is; a clean value is not copied, unless it
/// holds characters that only look like ASCII (`FoldedText`). A finding begins at the beginning of a word.
///
/// Detectors are a net and not a wall: they look for what was stored carelessly. Whoever may write SQL can bring a value
/// past them: encoded (base64, hexadecimal, reversed, compressed, encrypted), split over columns or rows, with letters
/// glued to it, in a binary format, or spelt out. What must not be seen is masked by its column. Not looked for, since
/// every tenth number would be one: national numbers of digits alone with one check digit (NL BSN, PT NIF, US SSN without
/// separators), and secrets that have neither a prefix nor a name beside them.
package struct DetectorSet: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    package init(_ detectors: some Sequence<Detector>) {
        self = detectors.reduce(into: []) { $0.formUnion(DetectorSet($1)) }
    }

    package init(_ detector: Detector) {
        self =
            switch detector {
            case .card: .card
            case .iban: .iban
            case .email: .email
            case .nationalID: .nationalID
            case .jwt: .jwt
            case .privateKey: .privateKey
            case .cloudKey: .cloudKey
            }
    }

    /// 13 to 19 digits of a known network that pass Luhn's check, together or in even groups.
    package static let card = DetectorSet(rawValue: 1)
    /// A country's length and the check of ISO 7064 (mod 97-10), together or in groups.
    package static let iban = DetectorSet(rawValue: 2)
    /// `local@domain.tld`, both in ASCII but for letters of other scripts in `local`.
    package static let email = DetectorSet(rawValue: 4)
    /// US SSN, UK NINO, ES DNI and NIE, FR NIR, IT codice fiscale, BR CPF, PL PESEL, CH AHV, SE personnummer.
    package static let nationalID = DetectorSet(rawValue: 8)
    /// A compact JWS or JWE (RFC 7515, 7516) whose header is a JSON object.
    package static let jwt = DetectorSet(rawValue: 16)
    /// From `-----BEGIN … PRIVATE KEY` to its end, or to the value's; age secret keys.
    package static let privateKey = DetectorSet(rawValue: 32)
    /// Keys and tokens of cloud and code hosts that are made to be found: by their prefix, or by the name beside them.
    package static let cloudKey = DetectorSet(rawValue: 64)

    package static let all = DetectorSet(Detector.allCases)

    /// What is found, in order and without overlaps. Empty for a clean value.
    package func findings(in value: UnsafeRawBufferPointer) -> [Finding] {
        guard !isEmpty else { return [] }
        guard let folded = FoldedText(value) else { return ValueScan(Bytes(value), self).findings() }
        return folded.bytes.withUnsafeBytes { bytes in
            ValueScan(Bytes(bytes), self).findings().map {
                Finding(kind: $0.kind, range: folded.range(of: $0.range))
            }
        }
    }

    /// The value with what is found replaced by its name; nil when it is clean.
    package func redacted(_ value: UnsafeRawBufferPointer) -> [UInt8]? {
        let findings = findings(in: value)
        return findings.isEmpty ? nil : Finding.redact(findings, in: value)
    }
}
