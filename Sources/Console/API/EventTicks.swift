/// The lines of an event stream: an event for each change, a comment where nothing happens, so that proxies keep it.
enum EventTicks {
    static func merged(_ changes: AsyncStream<Void>) -> AsyncStream<String> {
        AsyncStream(bufferingPolicy: .bufferingNewest(4)) { continuation in
            let task = Task {
                await withTaskGroup(of: Void.self) { group in
                    group.addTask {
                        for await _ in changes { continuation.yield("event: changed\ndata: {}\n\n") }
                    }
                    group.addTask {
                        while !Task.isCancelled {
                            try? await Task.sleep(for: .seconds(15))
                            continuation.yield(": still here\n\n")
                        }
                    }
                    await group.next()
                    group.cancelAll()
                }
                continuation.finish()
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }
}
