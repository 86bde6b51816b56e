import AccessModel
import Testing

@testable import AuditLog

@Suite("The numbers of a session's records")
struct SessionNumbersTests {
    private let command = RecordDraft.command()
    private let end = RecordDraft(kind: .sessionClosed, session: RecordDraft.session, body: [])

    @Test("A record that was not taken leaves its number to the next, also one that would have ended the session")
    func uncounted() {
        for refused in [command, end] {
            var numbers = SessionNumbers()
            #expect(numbers.count(command) == 0)
            #expect(numbers.count(command) == 1)
            let number = numbers.count(refused)
            #expect(number == 2)
            numbers.uncount(refused, number)
            #expect(numbers.count(end) == 2)
            #expect(numbers.count(command) == 0)
        }
    }

    @Test("The first record that was not taken leaves nothing behind")
    func first() {
        var numbers = SessionNumbers()
        numbers.uncount(command, numbers.count(command))
        #expect(numbers.count(command) == 0)
    }
}
