/// A segment's file before its first record: allocated, reading as zeros, on disk, without a name in the ledger.
struct PreparedSegment: Sendable {
    let file: OpenFile
    let path: String

    /// Writes the header and gives the file its name. What is in the kernel's hands then survives this process; the
    /// next sync makes file and name durable.
    func open(as header: SegmentHeader, in layout: LedgerLayout, with files: FileOperations) throws(LedgerError) {
        let name = LedgerLayout.segmentName(first: header.firstIndex)
        let failure = file.write(header.encoded, at: 0, with: files)
        guard failure == 0 else { throw LedgerError(.failed(failure), file: name) }
        let renamed = files.rename(path, layout.segment(name))
        guard renamed == 0 else { throw LedgerError(.failed(-renamed), file: name) }
    }
}
