import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Carries the numbers of signals from their handler, which may do next to nothing, to a queue, which may do anything.
///
/// There is one for the process and it stays open: a handler gets nothing but the signal's number, so what it writes to
/// must be found without asking anyone and must not be closed while it writes. Its one reader stays too: Dispatch ends a
/// source at some later moment, and until then it would take numbers that are meant for the next one.
final class SignalPipe: Sendable {
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

    private let writingEnd: Int32
    private let source: Source
    private let hearer = Mutex<(@Sendable (Int32) -> Void)?>(nil)

    /// Unchecked because `DispatchSourceRead` is not marked: it is prepared before anyone else can see it, and then only
    /// kept.
    private struct Source: @unchecked Sendable {
        let reading: any DispatchSourceRead
    }

    private init?() {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends {
            // A handler must never wait, and a server that this process starts must not inherit the pipe.
            _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        let reading = ends[0]
        writingEnd = ends[1]
        source = Source(
            reading: DispatchSource.makeReadSource(
                fileDescriptor: reading, queue: DispatchQueue(label: "signals", qos: .userInteractive)))
        source.reading.setEventHandler { [weak self] in
            var byte: UInt8 = 0
            while read(reading, &byte, 1) == 1 {
                let hear = self?.hearer.withLock { $0 }
                hear?(Int32(byte))
            }
        }
        source.reading.resume()
    }

    /// Has every number from now on told to a function, on a private queue.
    func tell(_ hearer: @escaping @Sendable (Int32) -> Void) {
        self.hearer.withLock { $0 = hearer }
    }
}
