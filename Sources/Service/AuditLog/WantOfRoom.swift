import Glibc

/// The errors that room on the disk can cure.
enum WantOfRoom {
    static let noSpace = ENOSPC
    static let quota = EDQUOT
}
