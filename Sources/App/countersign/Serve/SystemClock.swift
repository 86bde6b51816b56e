internal import AccessModel
internal import Foundation

/// The wall clock.
enum SystemClock {
    @Sendable
    static func now() -> Timestamp {
        var moment = timespec()
        clock_gettime(CLOCK_REALTIME, &moment)
        return Timestamp(microseconds: Int64(moment.tv_sec) * 1_000_000 + Int64(moment.tv_nsec) / 1000)
    }
}
