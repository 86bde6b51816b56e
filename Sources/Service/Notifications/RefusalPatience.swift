/// How often a notification is tried that its receiver refuses: four times in a quarter of a minute. Where that did not
/// help, those after it are tried once each until one is taken, so that none waits for what nobody wants.
package struct RefusalPatience: Hashable, Sendable {
    private static let pauses: [Duration] = [.seconds(1), .seconds(3), .seconds(8)]

    private var delivery: String?
    private var tries = 0
    /// The one before was given up.
    private var isHopeless = false

    package init() {}

    /// It was refused. How long to wait before it is tried again; nil: it is given up.
    package mutating func refused(_ delivery: String) -> Duration? {
        if self.delivery != delivery {
            self.delivery = delivery
            tries = 0
        }
        guard !isHopeless, tries < RefusalPatience.pauses.count else {
            isHopeless = true
            return nil
        }
        tries += 1
        return RefusalPatience.pauses[tries - 1]
    }

    /// One was taken: those who come are worth the trouble again.
    package mutating func taken() {
        self = RefusalPatience()
    }
}
