#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The bytes of a prompt file on their way from and to the disk.
enum PromptBytes {
    /// The largest file that is read, in bytes; records of what was tried make learned files long.
    static let most = 16 << 20

    /// Reads a whole file as text, without a byte order mark.
    static func read(_ path: String) throws(PromptError) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw errno == ENOENT ? .notFound(path: path) : .system(operation: "open", path: path, reason: lastError())
        }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = chunk.withUnsafeMutableBytes { systemRead(descriptor, $0) }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw .system(operation: "read", path: path, reason: lastError()) }
            if count == 0 { break }
            bytes += chunk[..<count]
            guard bytes.count <= most else { throw .tooLarge(path: path, bytes: bytes.count, most: most) }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .notUTF8(path: path) }
        let scalars = text.unicodeScalars
        return scalars.first == "\u{FEFF}" ? String(scalars.dropFirst()) : text
    }

    /// Writes a file that was not there before; an existing one is left as it is.
    static func write(_ text: String, to path: String) throws(PromptError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw errno == EEXIST
                ? .exists(path: path) : .system(operation: "create", path: path, reason: lastError())
        }
        let bytes = Array(text.utf8)
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                systemWrite(descriptor, UnsafeRawBufferPointer(rebasing: $0[written...]))
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else {
                let reason = lastError()
                close(descriptor)
                unlink(path)
                throw .system(operation: "write", path: path, reason: reason)
            }
            written += count
        }
        // Some network file systems tell only now that there was no space.
        guard close(descriptor) == 0 || errno == EINTR else {
            let reason = lastError()
            unlink(path)
            throw .system(operation: "write", path: path, reason: reason)
        }
    }

    private static func lastError() -> String { "\(String(cString: strerror(errno))) (errno \(errno))" }
}

// Named at file level because the members above would hide the calls.
private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
    read(descriptor, buffer.baseAddress, buffer.count)
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    write(descriptor, bytes.baseAddress, bytes.count)
}
