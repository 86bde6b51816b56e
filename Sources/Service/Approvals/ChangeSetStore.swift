package import AccessModel

/// Keeps change sets across restarts.
///
/// Writes are kept in the order in which they were given, each whole or not at all. What `put` was given is on disk when
/// `done` says true; where it says false, the older state may stand, and nothing that hangs on the newer may be done.
package protocol ChangeSetStore: Sendable {
    /// Must not block. `done` is called once, on another thread.
    func put(_ snapshot: ChangeSetSnapshot, done: @escaping @Sendable (Bool) -> Void)
    /// It has ended, and its record is on disk. Must not block. Where it fails the end stays kept, and is told again after
    /// a restart.
    func remove(_ id: ULID)
}
