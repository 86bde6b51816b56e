import Glibc

/// The errors that pass when there is room again: on the disk, or among the descriptors that this process or the machine may
/// have open. What was not written then is written when it is tried again.
enum WantOfRoom {
    static func isCause(of errno: Int32) -> Bool {
        errno == ENOSPC || errno == EDQUOT || errno == EMFILE || errno == ENFILE
    }
}
