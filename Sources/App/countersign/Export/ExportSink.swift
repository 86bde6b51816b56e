/// Where a destination's events go. Used by one thread, which it may block.
protocol ExportSink: AnyObject, Sendable {
    /// Whether the destination says that it has what it was sent.
    var acknowledges: Bool { get }
    /// Whether the destination's machine has taken all that it was sent.
    var isDrained: Bool { get }
    /// Opens what is needed. Throws one line that says what is wrong.
    func open() throws
    /// Gives events to the destination; when it returns they are kept there, or, without acknowledgement, on their way.
    func send(_ events: [[UInt8]]) throws
    /// Why the last event was given up, which the destination refused; nil where it was taken.
    var refusal: String? { get }
    /// Throws where the destination has gone since.
    func check() throws
    /// Ends a call that waits; from any thread.
    func interrupt()
    func close()
}

extension ExportSink {
    var isDrained: Bool { true }
    var refusal: String? { nil }
}
