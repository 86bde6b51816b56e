internal import AccessModel
internal import StatementAnalysis

/// What a session knows of definitions beside the snapshot that it shares with others.
struct DefinitionState {
    /// What the database holds as this session sees it, while it has changed definitions in a transaction.
    var own: Catalog?
    let ownEffects = EffectCache(capacityBytes: 1 << 20)
    /// The session's temporary relations, and what statements since the last reading may have made or altered.
    var made: Set<ObjectName> = []
    /// Whether the target's catalog must be read again.
    var isStale = false
    /// Why it could not be read: then nothing is allowed until it could.
    var failure: String?
    /// The tick before which it is not read again, after a failure or for a name that was not known.
    var notBefore: UInt64 = 0
    /// Whether nothing was sent since the last ReadyForQuery: only then a question of the gateway's own ends no batch.
    var isBetweenBatches = true
    /// Whether the catalog was read for the name that the message at hand has and the snapshot had not.
    var isReadForMessage = false
    /// The snapshot that the session's answers were made with.
    var judged: Catalog?
}
