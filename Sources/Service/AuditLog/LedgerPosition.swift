/// A place between two records: where the next one begins, and the link before it.
package struct LedgerPosition: Hashable, Sendable {
    /// The index of the first record of the segment.
    package var segment: UInt64
    /// Bytes from the start of the segment's file.
    package var offset: Int64
    /// The index of the record that begins here.
    package var index: UInt64
    package var link: Link

    package init(segment: UInt64, offset: Int64, index: UInt64, link: Link) {
        self.segment = segment
        self.offset = offset
        self.index = index
        self.link = link
    }
}
