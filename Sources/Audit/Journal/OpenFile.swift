#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file descriptor that is closed when its last owner lets go, with the few calls that the journal needs.
///
/// Every descriptor is close-on-exec: a managed server started by this process must not inherit the journal's lock.
final class OpenFile: Sendable {
    let path: String
    let descriptor: Int32

    init(_ path: String, flags: Int32) throws(JournalError) {
        var result: Int32
        repeat {
            result = open(path, flags | O_CLOEXEC, 0o644)
        } while result < 0 && errno == EINTR
        guard result >= 0 else {
            throw .system(operation: .open, path: path, code: errno)
        }
        self.path = path
        descriptor = result
    }

    deinit {
        close(descriptor)
    }

    /// The size in bytes, and whether this is a regular file.
    func status() throws(JournalError) -> (byteCount: Int, isRegular: Bool) {
        var information = stat()
        guard fstat(descriptor, &information) == 0 else {
            throw .system(operation: .read, path: path, code: errno)
        }
        return (Int(information.st_size), information.st_mode & S_IFMT == S_IFREG)
    }

    /// Reads the next bytes into a buffer and returns their number, 0 at the end of the file.
    func read(into buffer: inout [UInt8]) throws(JournalError) -> Int {
        while true {
            let count = buffer.withUnsafeMutableBytes { bytes in
                systemRead(descriptor, bytes)
            }
            if count >= 0 { return count }
            if errno != EINTR {
                throw .system(operation: .read, path: path, code: errno)
            }
        }
    }
}

// The calls are named at file level because the members above would hide them.
private func systemRead(_ descriptor: Int32, _ bytes: UnsafeMutableRawBufferPointer) -> Int {
    read(descriptor, bytes.baseAddress, bytes.count)
}

extension OpenFile {
    /// Creates a directory and the missing ones above it.
    static func createDirectories(_ path: String) throws(JournalError) {
        var made = ""
        for (index, part) in path.split(separator: "/", omittingEmptySubsequences: true).enumerated() {
            made += index > 0 || path.hasPrefix("/") ? "/" + part : part
            if mkdir(made, 0o755) != 0 {
                let code = errno
                var information = stat()
                let exists = stat(made, &information) == 0
                if exists, information.st_mode & S_IFMT == S_IFDIR { continue }
                throw .system(
                    operation: .createDirectory, path: made, code: exists ? ENOTDIR : code)
            }
        }
    }

    /// Whether anything exists at a path, or why that cannot be known.
    static func exists(_ path: String) throws(JournalError) -> Bool {
        var information = stat()
        if stat(path, &information) == 0 { return true }
        if errno == ENOENT { return false }
        throw .system(operation: .open, path: path, code: errno)
    }
}
