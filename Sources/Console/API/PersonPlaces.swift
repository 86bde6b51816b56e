internal import Synchronization

/// How much one person has at the same time: a place is held as long as it is referred to.
final class PersonPlaces: Sendable {
    /// Given back when the last reference is gone, however that comes.
    final class Place: Sendable {
        private let places: PersonPlaces
        private let person: String

        fileprivate init(_ places: PersonPlaces, _ person: String) {
            self.places = places
            self.person = person
        }

        deinit { places.leave(person) }
    }

    let most: Int
    private let taken = Mutex<[String: Int]>([:])

    init(most: Int) { self.most = most }

    /// Nil where this person has all that one may have.
    func enter(_ person: String) -> Place? {
        let isIn = taken.withLock { taken in
            guard taken[person, default: 0] < most else { return false }
            taken[person, default: 0] += 1
            return true
        }
        return isIn ? Place(self, person) : nil
    }

    private func leave(_ person: String) {
        taken.withLock { taken in
            let left = taken[person, default: 1] - 1
            taken[person] = left == 0 ? nil : left
        }
    }
}
