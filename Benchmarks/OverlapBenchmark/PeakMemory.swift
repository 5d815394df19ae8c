#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The most memory the process has held so far, in words.
func peakMemory() -> String {
    var usage = rusage()
    #if canImport(Glibc)
        guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return "unknown" }
        return "\(usage.ru_maxrss >> 10) MiB"
    #else
        guard getrusage(RUSAGE_SELF, &usage) == 0 else { return "unknown" }
        return "\(usage.ru_maxrss >> 20) MiB"
    #endif
}
