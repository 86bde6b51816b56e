/// What `/ledger/` asks of the gateway.
package struct LedgerPorts: Sendable {
    /// The bytes of a resource of the log, by its path below `/ledger/`; nil for what is not there, and for every path that
    /// is no name of the format. The port parses paths: here they are not looked at. It may read files, off event loops.
    package var read: @Sendable (String) async -> LedgerResource?
    package var access: LedgerAccess

    package init(access: LedgerAccess, read: @escaping @Sendable (String) async -> LedgerResource?) {
        self.access = access
        self.read = read
    }
}
