internal import Synchronization

/// Lets so many in at once, and no more. Who cannot come in is told at once.
final class Turnstile: Sendable {
    /// Held while it is inside; given back when the last reference is gone, however that comes.
    final class Place: Sendable {
        private let turnstile: Turnstile?

        init(_ turnstile: Turnstile? = nil) { self.turnstile = turnstile }

        deinit { turnstile?.inside.subtract(1, ordering: .relaxed) }
    }

    private let places: Int
    private let inside = Atomic<Int>(0)

    init(places: Int) { self.places = places }

    func enter() -> Place? {
        guard inside.add(1, ordering: .relaxed).newValue <= places else {
            inside.subtract(1, ordering: .relaxed)
            return nil
        }
        return Place(self)
    }
}
