package import TransparencyLog

/// Where a bundle's parts come from: files of a data directory, or memory in tests.
package struct EvidenceSources {
    /// A file of the log by its path; nil where there is none.
    package var tile: TileTree.Source
    /// A long text by its SHA-256, in lower-case hexadecimal; nil where there is none, or it was erased.
    package var blob: (_ digest: String) throws -> [UInt8]?
    /// The text of a policy by the same.
    package var policy: (_ digest: String) throws -> [UInt8]?

    package init(
        tile: @escaping TileTree.Source,
        blob: @escaping (_ digest: String) throws -> [UInt8]?,
        policy: @escaping (_ digest: String) throws -> [UInt8]?
    ) {
        self.tile = tile
        self.blob = blob
        self.policy = policy
    }
}
