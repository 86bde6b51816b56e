import Glibc

/// The errors that room on the disk can cure.
enum WantOfRoom {
    static func isCause(of errno: Int32) -> Bool {
        errno == ENOSPC || errno == EDQUOT
    }
}
