import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// One of the process's two outgoing streams, written without buffering in whole pieces.
struct StandardStream: Sendable {
    /// The file descriptor: 1 or 2 outside of tests.
    let descriptor: Int32
    /// Whether a person may be reading along.
    let isTerminal: Bool
    /// Whether colours may be used.
    let usesColor: Bool

    /// Names a descriptor and finds out what it is.
    ///
    /// - Parameters:
    ///   - descriptor: The file descriptor.
    ///   - environment: Where `NO_COLOR` (any value but the empty one) and `TERM=dumb` switch colours off.
    init(descriptor: Int32, environment: [String: String]) {
        self.init(descriptor: descriptor, isTerminal: isatty(descriptor) == 1, environment: environment)
    }

    init(descriptor: Int32, isTerminal: Bool, environment: [String: String]) {
        self.descriptor = descriptor
        self.isTerminal = isTerminal && environment["TERM"] != "dumb"
        usesColor = self.isTerminal && environment["NO_COLOR", default: ""].isEmpty
    }

    /// The width of the terminal in columns, 80 where it is not known.
    var columns: Int {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Writes all bytes.
    ///
    /// - Throws: ``OutputError/closed`` when nobody reads any more, ``OutputError/failed(code:)`` otherwise.
    func write(_ text: String) throws(OutputError) {
        let bytes = Array(text.utf8)
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { all in
                systemWrite(descriptor, UnsafeRawBufferPointer(rebasing: all[written...]))
            }
            if count > 0 {
                written += count
                continue
            }
            switch errno {
            case EINTR: continue
            case EAGAIN:
                // A terminal shared with a program that made it non-blocking: wait until it takes more.
                var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&request, 1, 1000)
            case EPIPE, EBADF: throw .closed
            case let code: throw .failed(code: code)
            }
        }
    }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    write(descriptor, bytes.baseAddress, bytes.count)
}

/// Why standard output took no more data.
enum OutputError: ExitStatusProviding, Equatable, CustomStringConvertible {
    /// The reader went away (`rote … | head`), which is no error: the process ends quietly.
    case closed
    /// The operating system refused, for example because the disk is full.
    case failed(code: Int32)

    var exitStatus: ExitStatus {
        self == .closed ? .completed : .error
    }

    var description: String {
        switch self {
        case .closed: "standard output is closed"
        case .failed(let code):
            "cannot write to standard output: \(String(cString: strerror(code))) (errno \(code)). "
                + "Send the output to another place and run the same command again"
        }
    }
}
