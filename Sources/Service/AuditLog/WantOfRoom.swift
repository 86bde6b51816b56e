import Glibc

/// The errors that pass when there is room again: on the disk, or among the descriptors that this process or the machine may
/// have open. Nothing was written where one of these is told, so trying again is safe.
enum WantOfRoom {
    static func isCause(of errno: Int32) -> Bool {
        errno == ENOSPC || errno == EDQUOT || errno == EMFILE || errno == ENFILE
    }
}
