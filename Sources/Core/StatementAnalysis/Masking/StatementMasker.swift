internal import AccessModel

/// Masks at the source: where a text reads a masked relation, it is given a sub-select of the relation's columns with
/// masked ones as their masks. Filters, joins, casts, functions and errors then have masked values and no others.
///
/// The rest of the text stays as it is, byte for byte. The rewritten text is parsed again and must be the same tree but
/// for the places that were replaced; what cannot be served that way is refused.
package struct StatementMasker: Sendable {
    package let limits: AnalysisLimits

    package init(limits: AnalysisLimits = AnalysisLimits()) {
        self.limits = limits
    }

    /// The text with its masks; nil where it reads nothing masked and can go as it is.
    ///
    /// `temporary` has the names of the session's own temporary relations, which come before others. Parses on the
    /// calling thread, whose stack must be what `StatementAnalyzer.analyze` asks for; masks nest by a constant only.
    package func mask(
        _ text: some Sequence<UInt8>,
        _ masks: MasksInForce,
        path: SearchPath,
        temporary: Set<String> = []
    ) throws(MaskRefusal) -> MaskedText? {
        guard !masks.isEmpty else { return nil }
        let scope = NameScope(catalog: masks.catalog, path: path, temporary: temporary)
        let limits = limits
        return try ParsedText.with(Array(text), limits: limits) { (original) throws(MaskRefusal) -> MaskedText? in
            let places = try MaskPlaces(original, masks, scope, nesting: limits.nesting)
            guard !places.sites.isEmpty else { return nil }
            let splice = try MaskSplice(original, places, masks, limit: limits.text)
            let check = MaskVerification(original, places, splice, masks)
            try ParsedText.with(splice.text, limits: limits) { (rewritten) throws(MaskRefusal) in
                guard try check.holds(for: rewritten) else { throw .differs }
            }
            return places.result(splice, masks, original)
        }
    }

    package func mask(
        _ text: String,
        _ masks: MasksInForce,
        path: SearchPath,
        temporary: Set<String> = []
    ) throws(MaskRefusal) -> MaskedText? {
        try mask(text.utf8, masks, path: path, temporary: temporary)
    }
}
