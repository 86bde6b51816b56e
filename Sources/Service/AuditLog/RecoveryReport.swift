/// What opening the ledger found and did.
package struct RecoveryReport: Hashable, Sendable {
    /// Records in the ledger.
    package var records: UInt64
    package var segments: Int
    /// Set when bytes of an unfinished record were cut from the end.
    package var torn: Torn?

    package struct Torn: Hashable, Sendable {
        /// The segment's file name.
        package var segment: String
        /// Where the bytes stood, and how many they were.
        package var offset: Int64
        package var bytes: Int
        /// The name of the file under `torn/` that keeps them.
        package var kept: String

        package init(segment: String, offset: Int64, bytes: Int, kept: String) {
            self.segment = segment
            self.offset = offset
            self.bytes = bytes
            self.kept = kept
        }
    }

    package init(records: UInt64, segments: Int, torn: Torn? = nil) {
        self.records = records
        self.segments = segments
        self.torn = torn
    }
}
