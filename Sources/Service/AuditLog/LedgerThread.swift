import Glibc

/// A thread of the ledger's own: what it does blocks on the disk and must not hold up a pool.
final class LedgerThread: Sendable {
    let name: String
    private let handle: pthread_t

    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// `name`: at most 15 bytes, for `top -H`.
    init(_ name: String, _ run: @escaping @Sendable () -> Void) throws(LedgerError) {
        self.name = name
        var thread = pthread_t()
        let body = Unmanaged.passRetained(
            Body {
                LedgerThread.nameThisThread(name)
                run()
            }
        )
        let failure = pthread_create(
            &thread,
            nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            },
            body.toOpaque()
        )
        guard failure == 0 else {
            body.release()
            throw LedgerError(.failed(failure))
        }
        handle = thread
    }

    /// For `top -H`; without a name it works all the same.
    private static func nameThisThread(_ name: String) {
        let descriptor = open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        // Not pwrite(2): a file of this kind has no offset to write at, and the kernel answers ESPIPE.
        _ = name.withCString { write(descriptor, $0, strlen($0)) }
        close(descriptor)
    }

    /// Waits until the thread has ended. Once only.
    func join() {
        pthread_join(handle, nil)
    }
}
