#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Ends the event loop's wait from any thread: a pipe to itself, whose reading end the loop watches.
final class WakeBell: Sendable {
    /// What the loop watches for reading.
    let listeningEnd: Int32
    private let ringingEnd: Int32

    /// Opens the pipe, or returns nil when the process has no file descriptors left.
    init?() {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        listeningEnd = ends[0]
        ringingEnd = ends[1]
        for end in ends {
            // A full pipe has rung already, an empty one has nothing to say: neither end may ever wait. And a server
            // that is started by this process must not inherit them.
            _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
    }

    deinit {
        close(listeningEnd)
        close(ringingEnd)
    }

    /// Ends the present or the next wait.
    func ring() {
        var byte: UInt8 = 1
        _ = write(ringingEnd, &byte, 1)
    }

    /// Takes note of every ring so far.
    func silence() {
        var bytes: (UInt64, UInt64) = (0, 0)
        _ = withUnsafeMutableBytes(of: &bytes) { read(listeningEnd, $0.baseAddress, $0.count) }
    }
}
