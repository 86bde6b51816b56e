/// A door that is shut until it is opened.
actor Gate {
    private var isOpen = false
    private var inside: [CheckedContinuation<Void, Never>] = []
    private var watchers: [CheckedContinuation<Void, Never>] = []

    func pass() async {
        guard !isOpen else { return }
        for watcher in watchers { watcher.resume() }
        watchers = []
        await withCheckedContinuation { inside.append($0) }
    }

    /// Returns when somebody stands at the door.
    func arrival() async {
        guard inside.isEmpty else { return }
        await withCheckedContinuation { watchers.append($0) }
    }

    func open() {
        isOpen = true
        for continuation in inside { continuation.resume() }
        inside = []
    }
}
