#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file that did not exist before and is there as a whole or not at all.
struct NewFile {
    /// Who may read the file.
    enum Access {
        /// Nobody but its owner.
        case ownerOnly
        /// Everybody whom the directory lets in.
        case everybody

        fileprivate var mode: mode_t { self == .ownerOnly ? 0o600 : 0o644 }
    }

    let path: String
    let bytes: [UInt8]
    let access: Access

    /// Writes the file and waits until it is on stable storage; a file that exists, or a link, is left as it is.
    ///
    /// - Throws: ``CanaryError/exists(path:)`` or ``CanaryError/system(operation:path:code:)``.
    func write() throws(CanaryError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, access.mode)
        guard descriptor >= 0 else {
            throw errno == EEXIST ? .exists(path: path) : .system(operation: "create", path: path, code: errno)
        }
        var failure = writeAll(to: descriptor)
        if failure == nil, fsync(descriptor) != 0, errno != EINVAL { failure = errno }
        // Some network file systems tell only now that there was no space.
        if close(descriptor) != 0, failure == nil, errno != EINTR { failure = errno }
        if let failure {
            unlink(path)
            throw .system(operation: "write", path: path, code: failure)
        }
    }

    /// Takes the file away again.
    func remove() { unlink(path) }

    /// Whether anything, be it a dangling link, has this name.
    static func exists(_ path: String) -> Bool {
        var information = stat()
        return lstat(path, &information) == 0
    }

    private func writeAll(to descriptor: Int32) -> Int32? {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { all in
                systemWrite(descriptor, UnsafeRawBufferPointer(rebasing: all[written...]))
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return count < 0 ? errno : EIO }
            written += count
        }
        return nil
    }
}

// Named at file level because the member above would hide the call.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    write(descriptor, bytes.baseAddress, bytes.count)
}
