internal import Glibc

/// How many descriptors this process may have open: two for each session, and those of ledger, index and console.
enum FileLimit {
    /// Raises the soft limit, which is often 1,024 for programs of old, to the hard one. Without effect where the kernel refuses.
    static func raise() {
        var limit = rlimit()
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        guard getrlimit(resource, &limit) == 0, limit.rlim_cur < limit.rlim_max else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(resource, &limit)
    }
}
