#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A new, empty file beside the one that it is going to replace.
final class TemporaryFile {
    /// Names that are tried before giving up; each is taken only if a process with our number died before.
    private static let attempts = 100

    let path: String
    private(set) var descriptor: Int32

    /// Creates the file.
    ///
    /// - Parameters:
    ///   - directory: An existing directory.
    ///   - target: The path that errors name.
    ///   - mode: The permissions of the file to be replaced, or `nil` for those of a new file.
    init(in directory: String, for target: String, mode: mode_t?) throws(ReportError) {
        for attempt in 0..<Self.attempts {
            // The name does not depend on the target's, which may already be as long as a name can be.
            let path = "\(directory)/.rote-report-\(getpid())-\(attempt)"
            var descriptor: Int32
            repeat {
                descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            } while descriptor < 0 && errno == EINTR
            if descriptor < 0 {
                if errno == EEXIST { continue }
                throw .notWritten(path: target, step: .create, code: errno)
            }
            self.path = path
            self.descriptor = descriptor
            if let mode, fchmod(descriptor, mode) != 0 {
                let code = errno
                discard()
                throw .notWritten(path: target, step: .create, code: code)
            }
            return
        }
        throw .notWritten(path: target, step: .create, code: EEXIST)
    }

    /// Closes the file and returns what the system says, 0 for success.
    func close() -> Int32 {
        guard descriptor >= 0 else { return 0 }
        defer { descriptor = -1 }
        return systemClose(descriptor)
    }

    /// Removes the file.
    func discard() {
        _ = close()
        unlink(path)
    }
}

// The call is named at file level because the member above would hide it.
private func systemClose(_ descriptor: Int32) -> Int32 {
    close(descriptor)
}
