package import AccessModel

/// Keeps change sets across restarts.
///
/// Writes are kept in the order in which they were given, each whole or not at all. What `put` was given is on disk when
/// `done` says true; where it says false, the older state may stand, and nothing that hangs on the newer may be done.
package protocol ChangeSetStore: Sendable {
    /// Must not block. `done` is called once, on any thread.
    func put(_ snapshot: ChangeSetSnapshot, done: @escaping @Sendable (Bool) -> Void)
    /// It is over. Must not block.
    func remove(_ id: ULID)
    /// Returns once everything given before is on disk, or has failed.
    func settle() async
}
