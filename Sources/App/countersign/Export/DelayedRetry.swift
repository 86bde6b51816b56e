/// A delivery that did not come about, and that is tried again after exactly so long. Safe to print.
struct DelayedRetry: Error, CustomStringConvertible {
    var description: String
    var after: Duration
}
