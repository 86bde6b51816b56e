package import AccessModel

/// A mask of one column as a function of values, in the text form of results: for targets whose statements cannot be
/// rewritten. It gives what `MaskMethod.expression` gives in SQL; the rule of each method stands there.
///
/// Values of moments are read in ISO form (`DateStyle = ISO`), text in UTF-8. What is not in the form of the type is
/// NULL afterwards, never clear.
package struct ValueMask: Sendable {
    private let method: Method
    private let fit: TextFit

    private enum Method: Sendable {
        case null, stars, email
        case partial(first: Int, last: Int)
        case digest(KeyedDigest)
        case digestAsUUID(KeyedDigest)
        case year(YearMask)
        case round(RoundMask)
    }

    /// Nil where `MaskMethod.expression` is: the method does not fit the type, or `hash` is given no keys.
    package init?(_ method: MaskMethod, type: String, keys: MaskKeys? = nil) {
        guard method.expression(column: "c", type: type, keys: keys) != nil else { return nil }
        let type = MaskedType(type)
        fit = TextFit(type.kind)
        switch (method, type.kind) {
        case (.null, _): self.method = .null
        case (.redact, _): self.method = .stars
        case (.email, _): self.method = .email
        case (.last4, _): self.method = .partial(first: 0, last: 4)
        case (.partial(let first, let last), _): self.method = .partial(first: first, last: last)
        case (.hash, .uuid):
            guard let keys else { return nil }
            self.method = .digestAsUUID(KeyedDigest(keys))
        case (.hash, _):
            guard let keys else { return nil }
            self.method = .digest(KeyedDigest(keys))
        case (.year, let kind):
            guard let mask = YearMask(kind) else { return nil }
            self.method = .year(mask)
        case (.round(let multiple), let kind):
            guard let mask = RoundMask(multiple, kind) else { return nil }
            self.method = .round(mask)
        }
    }

    /// Appends the masked value of a value that is not NULL; false, with nothing appended, where it is NULL.
    package func append(_ value: UnsafeRawBufferPointer, to masked: inout [UInt8]) -> Bool {
        switch method {
        case .null: return false
        case .year(let mask): return mask.append(value, to: &masked)
        case .round(let mask): return mask.append(value, to: &masked)
        case .digestAsUUID(let digest):
            digest.appendUUID(value, to: &masked)
            return true
        case .stars, .email, .partial, .digest: break
        }
        let start = masked.count
        appendText(fit.content(of: value), to: &masked)
        fit.apply(to: &masked, from: start)
        return true
    }

    private func appendText(_ value: UnsafeRawBufferPointer, to masked: inout [UInt8]) {
        switch method {
        case .email: EmailMask.append(value, to: &masked)
        case .partial(let first, let last): PartialMask(first: first, last: last).append(value, to: &masked)
        case .digest(let digest): digest.append(value, to: &masked)
        case .null, .stars, .digestAsUUID, .year, .round: masked.append(contentsOf: MaskMethod.stars.utf8)
        }
    }
}
