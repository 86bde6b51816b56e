import Synchronization
import Testing

@testable import Witnessing

@Suite("Watching how far the ledger is witnessed")
struct WitnessWatchTests {
    private final class Clock: Sendable {
        let time = Mutex<Duration>(.seconds(1000))
        func pass(_ seconds: Int) { time.withLock { $0 += .seconds(seconds) } }
        var now: Duration { time.withLock { $0 } }
    }

    private let clock = Clock()

    private func watch(_ refuseAfter: Duration?, witnessed: UInt64 = 0, age: Duration? = nil) -> WitnessWatch {
        WitnessWatch(refuseAfter: refuseAfter, witnessed: witnessed, age: age) { [clock] in clock.now }
    }

    @Test("Changes are refused once entries have waited as long as they may, and not before")
    func refuses() {
        let watch = watch(.seconds(900))
        #expect(watch.witnessed(10, ledgerSize: 12) == nil)
        clock.pass(899)
        #expect(!watch.refusesChanges)
        clock.pass(1)
        #expect(watch.refusesChanges)
        _ = watch.witnessed(12, ledgerSize: 12)
        #expect(!watch.refusesChanges)
    }

    @Test("Nothing is refused while nothing waits, however long ago the last quorum was")
    func quiet() {
        let watch = watch(.seconds(900))
        _ = watch.witnessed(12, ledgerSize: 12)
        clock.pass(100_000)
        #expect(watch.looked(ledgerSize: 12) == nil)
        #expect(!watch.refusesChanges)
        _ = watch.looked(ledgerSize: 13)
        clock.pass(899)
        #expect(!watch.refusesChanges)
        clock.pass(1)
        #expect(watch.refusesChanges)
    }

    @Test("Whoever only wants an alarm is never refused anything")
    func goesOn() {
        let watch = watch(nil)
        _ = watch.looked(ledgerSize: 5)
        clock.pass(1_000_000)
        #expect(watch.looked(ledgerSize: 9) == .lost)
        #expect(!watch.refusesChanges)
    }

    @Test("The alarm sounds once, and once when it is over")
    func alarm() {
        let watch = watch(.seconds(900))
        _ = watch.witnessed(5, ledgerSize: 5)
        _ = watch.looked(ledgerSize: 6)
        clock.pass(59)
        #expect(watch.looked(ledgerSize: 7) == nil)
        clock.pass(1)
        #expect(watch.looked(ledgerSize: 7) == .lost)
        clock.pass(60)
        #expect(watch.looked(ledgerSize: 7) == nil)
        #expect(watch.reading.isLost)
        #expect(watch.witnessed(7, ledgerSize: 8) == .restored)
        #expect(watch.witnessed(8, ledgerSize: 8) == nil)
        #expect(watch.reading.witnessed == 8)
    }

    @Test("A restart does not turn the clock back, and leaves half a minute to reach the witnesses")
    func restart() {
        let watch = watch(.seconds(900), witnessed: 10, age: .seconds(5000))
        _ = watch.looked(ledgerSize: 11)
        #expect(!watch.refusesChanges)
        clock.pass(29)
        #expect(!watch.refusesChanges)
        clock.pass(1)
        #expect(watch.refusesChanges)
    }

    @Test("A witnessed checkpoint from the future counts as one of now")
    func future() {
        let watch = watch(.seconds(900), witnessed: 10, age: .seconds(-5000))
        _ = watch.looked(ledgerSize: 11)
        clock.pass(900)
        #expect(watch.refusesChanges)
    }

    @Test("An older checkpoint that comes late takes nothing back")
    func late() {
        let watch = watch(nil)
        _ = watch.witnessed(9, ledgerSize: 9)
        _ = watch.witnessed(7, ledgerSize: 9)
        #expect(watch.reading.witnessed == 9)
        #expect(watch.reading.waiting == nil)
    }
}
