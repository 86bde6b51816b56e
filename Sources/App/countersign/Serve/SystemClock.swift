internal import AccessModel
internal import Glibc

/// The wall clock.
enum SystemClock {
    /// Read several times for each command: straight from the kernel's page, with no other clock between.
    @Sendable
    static func now() -> Timestamp {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return Timestamp(microseconds: Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1000)
    }
}
