import Glibc
import Testing

@testable import AuditLog

@Suite("What room cures")
struct WantOfRoomTests {
    @Test(
        "A full disk and a want of descriptors pass; a disk that fails does not",
        arguments: [
            (ENOSPC, true), (EDQUOT, true), (EMFILE, true), (ENFILE, true), (EIO, false), (EACCES, false),
        ]
    )
    func cured(errno: Int32, passes: Bool) {
        #expect(WantOfRoom.isCause(of: errno) == passes)
        #expect(LedgerError(.unreadable(errno)).isCuredByRoom == passes)
        #expect(!LedgerError(.failed(errno)).isCuredByRoom)
    }
}
