#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Carries the numbers of signals from their handler, which may do next to nothing, to a thread, which may do anything.
///
/// There is one for the process, and it stays open: a handler gets nothing but the signal's number, so what it writes
/// to must be found without asking anyone, and must not be closed while it writes.
struct SignalPipe: Sendable {
    /// The process' pipe, or nil if it had no file descriptors left.
    static let shared = SignalPipe()

    /// What to install with `signal`: writes the number as one byte and leaves `errno` as it was.
    static let handler: @convention(c) (Int32) -> Void = { number in
        guard let pipe = SignalPipe.shared else { return }
        let before = errno
        var byte = UInt8(truncatingIfNeeded: number)
        _ = write(pipe.writingEnd, &byte, 1)
        errno = before
    }

    /// Where the numbers can be read.
    let readingEnd: Int32
    private let writingEnd: Int32

    private init?() {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        readingEnd = ends[0]
        writingEnd = ends[1]
        for end in ends {
            // A handler must never wait, and a server that this process starts must not inherit the pipe.
            _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
    }

    /// Takes the number of the next signal, or returns nil if none has arrived.
    func next() -> Int32? {
        var byte: UInt8 = 0
        return read(readingEnd, &byte, 1) == 1 ? Int32(byte) : nil
    }
}
