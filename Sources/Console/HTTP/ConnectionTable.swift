internal import Synchronization

/// The connections of a listener. One that waits for a request gives way to a newcomer when there are too many; one whose
/// request is being answered does not.
///
/// So whoever opens connections and sends nothing, or little at a time, shuts nobody out. What cannot be displaced is
/// bounded by the time that an answer takes; then newcomers come into a reserve, in which only monitors are answered.
final class ConnectionTable: Sendable {
    enum Rank: Sendable {
        case full
        /// Of the reserve.
        case monitor
    }

    /// A connection's place in the table.
    struct Place: Hashable, Sendable {
        fileprivate let number: UInt64
        let rank: Rank
    }

    private struct Entry {
        var address: String
        var rank: Rank
        /// When it began to wait for a request, counted in events; nil while one is answered.
        var waitsSince: UInt64?
        var shut: @Sendable () -> Void
    }

    private struct State {
        var entries: [UInt64: Entry] = [:]
        /// Of the rank `full`.
        var perAddress: [String: Int] = [:]
        var full = 0
        var events: UInt64 = 0

        mutating func next() -> UInt64 {
            events += 1
            return events
        }
    }

    let bounds: ConnectionBounds
    private let state = Mutex(State())

    init(bounds: ConnectionBounds) { self.bounds = bounds }

    /// Takes a connection in, and may displace another for it. Nil where there is no place, not even in the reserve.
    /// `shut` closes the connection, from whatever thread.
    func enter(from address: String, shut: @escaping @Sendable () -> Void) -> Place? {
        let (place, displaced) = state.withLock { state -> (Place?, Entry?) in
            let (rank, victim) = room(for: address, in: state)
            guard let rank else { return (nil, nil) }
            let displaced = victim.flatMap { ConnectionTable.remove($0, from: &state) }
            let number = state.next()
            state.entries[number] = Entry(address: address, rank: rank, waitsSince: number, shut: shut)
            if rank == .full {
                state.full += 1
                state.perAddress[address, default: 0] += 1
            }
            return (Place(number: number, rank: rank), displaced)
        }
        displaced?.shut()
        return place
    }

    /// A request of it came whole, and is being answered.
    func begin(_ place: Place) {
        state.withLock { $0.entries[place.number]?.waitsSince = nil }
    }

    /// It waits for a request.
    func rest(_ place: Place) {
        state.withLock { state in
            let now = state.next()
            state.entries[place.number]?.waitsSince = now
        }
    }

    func leave(_ place: Place) {
        state.withLock { _ = ConnectionTable.remove(place.number, from: &$0) }
    }

    var count: Int { state.withLock { $0.entries.count } }

    /// What a newcomer would be, and who goes for it.
    private func room(for address: String, in state: State) -> (Rank?, UInt64?) {
        if state.perAddress[address, default: 0] >= bounds.perAddress {
            let own = ConnectionTable.longest(in: state) { $0.rank == .full && $0.address == address }
            if let own { return (.full, own) }
        } else if state.full < bounds.most {
            return (.full, nil)
        } else if let other = ConnectionTable.longest(in: state, where: { $0.rank == .full }) {
            return (.full, other)
        }
        guard state.entries.count - state.full >= bounds.reserve else { return (.monitor, nil) }
        let oldest = ConnectionTable.longest(in: state) { $0.rank == .monitor }
        return (oldest == nil ? nil : .monitor, oldest)
    }

    /// Of those that wait and match: of the address that has the most connections, the one that waits longest.
    private static func longest(in state: State, where matches: (Entry) -> Bool) -> UInt64? {
        var best: (number: UInt64, of: Int, since: UInt64)?
        for (number, entry) in state.entries {
            guard let since = entry.waitsSince, matches(entry) else { continue }
            let count = state.perAddress[entry.address, default: 0]
            if let best, (best.of, since) > (count, best.since) { continue }
            best = (number, count, since)
        }
        return best?.number
    }

    private static func remove(_ number: UInt64, from state: inout State) -> Entry? {
        guard let entry = state.entries.removeValue(forKey: number) else { return nil }
        guard entry.rank == .full else { return entry }
        state.full -= 1
        let left = state.perAddress[entry.address, default: 1] - 1
        state.perAddress[entry.address] = left == 0 ? nil : left
        return entry
    }
}
