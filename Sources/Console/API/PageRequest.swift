/// Which part of a long list somebody wants.
package struct PageRequest: Hashable, Sendable {
    package static let limits = 1...200
    package static let usual = 50

    /// How many at most.
    package var limit: Int
    /// Where to go on: what an earlier answer gave as `next`. Nil begins at the front.
    package var cursor: PageCursor?

    package init(limit: Int = PageRequest.usual, cursor: PageCursor? = nil) {
        self.limit = limit
        self.cursor = cursor
    }
}
