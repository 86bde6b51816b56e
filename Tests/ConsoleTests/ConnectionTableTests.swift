import NIOCore
import Synchronization
import Testing

@testable import Console

@Suite("The table of a listener's connections")
struct ConnectionTableTests {
    /// Notes who was shut.
    private final class Shut: Sendable {
        let names = Mutex<[String]>([])

        func note(_ name: String) -> @Sendable () -> Void { { self.names.withLock { $0.append(name) } } }
    }

    private let table = ConnectionTable(bounds: ConnectionBounds(most: 4, perAddress: 3, reserve: 1))
    private let shut = Shut()

    private func enter(_ name: String, from address: String) -> ConnectionTable.Place? {
        table.enter(from: address, shut: shut.note(name))
    }

    @Test("At its bound an address displaces its own connection that waits longest, and nobody else's")
    func displacesOwn() {
        _ = enter("other", from: "b")
        let places = (1...3).map { enter("a\($0)", from: "a") }
        #expect(places.allSatisfy { $0?.rank == .full })
        if let first = places[0] {
            table.begin(first)
            table.rest(first)
        }
        #expect(enter("a4", from: "a")?.rank == .full)
        #expect(shut.names.withLock { $0 } == ["a2"])
        #expect(table.count == 4)
    }

    @Test("When all places are taken the address with most connections gives one of those that wait")
    func displacesMost() {
        _ = enter("b1", from: "b")
        for number in 1...3 { _ = enter("a\(number)", from: "a") }
        #expect(enter("c1", from: "c")?.rank == .full)
        #expect(shut.names.withLock { $0 } == ["a1"])
    }

    @Test(
        "What is being answered is not displaced: newcomers come into the reserve, and when that is full displace there"
    )
    func reserve() {
        let busy = ["a", "a", "b", "b"].compactMap { enter("busy", from: $0) }
        busy.forEach(table.begin)
        #expect(enter("monitor 1", from: "c")?.rank == .monitor)
        let second = enter("monitor 2", from: "c")
        #expect(second?.rank == .monitor)
        #expect(shut.names.withLock { $0 } == ["monitor 1"])
        if let second { table.begin(second) }
        #expect(enter("monitor 3", from: "c") == nil)
        table.leave(busy[0])
        table.leave(busy[0])
        #expect(enter("back", from: "c")?.rank == .full)
        #expect(table.count == 5)
    }

    @Test("An address is one of IPv4, or the network of one machine in IPv6")
    func addresses() throws {
        func source(_ text: String) throws -> String {
            ConnectionDoor.source(try SocketAddress(ipAddress: text, port: 1))
        }
        let (plain, mapped) = try (source("10.0.0.7"), source("::ffff:10.0.0.7"))
        #expect(plain == "10.0.0.7" && mapped == "10.0.0.7")
        let (one, same, other) = try (
            source("2001:db8:0:1::5"), source("2001:db8:0:1:ffff::9"), source("2001:db8:0:2::5")
        )
        #expect(one == same && one != other)
        #expect(ConnectionDoor.source(nil) == "")
    }
}
