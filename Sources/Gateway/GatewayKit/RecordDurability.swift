/// Which records must be on disk before their command goes out; the others survive the end of the process.
package struct RecordDurability: Hashable, Sendable {
    package var readsOnDisk: Bool
    package var changesOnDisk: Bool

    package init(readsOnDisk: Bool, changesOnDisk: Bool) {
        self.readsOnDisk = readsOnDisk
        self.changesOnDisk = changesOnDisk
    }
}
