#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file that is replaced as a whole or not at all.
package struct ReportFile {
    private let path: String
    private let writeBytes: (Int32, UnsafeRawBufferPointer) -> Int

    /// Names a file; nothing is opened yet.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - writeBytes: The system's `write`, as a value so that a test can play a full disk; sets `errno` as it does.
    package init(_ path: String, writeBytes: @escaping (Int32, UnsafeRawBufferPointer) -> Int = systemWrite) {
        self.path = path
        self.writeBytes = writeBytes
    }

    /// Replaces the file's content, or creates the file.
    ///
    /// - Throws: ``ReportError``; the file is then as it was, and nothing is left beside it.
    package func replace(with bytes: [UInt8]) throws(ReportError) {
        // A path with a zero byte would end there for the system and name another file than the one that was checked.
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw .notWritten(path: path, step: .create, code: EINVAL)
        }
        let existing = try existingFile()
        let destination = existing?.path ?? path
        let directory = Self.directory(of: destination)
        try requireDirectory(directory)
        let temporary = try TemporaryFile(in: directory, for: path, mode: existing?.mode)
        do throws(ReportError) {
            try write(bytes, to: temporary.descriptor)
            // The bytes must be safe before the name points to them, or a crash could leave an empty report.
            guard fsync(temporary.descriptor) == 0 || errno == EINVAL else { throw failure(.synchronize) }
            guard temporary.close() == 0 else { throw failure(.write) }
            guard rename(temporary.path, destination) == 0 else { throw failure(.rename) }
        } catch {
            temporary.discard()
            throw error
        }
    }

    private func failure(_ step: ReportError.WritingStep) -> ReportError {
        .notWritten(path: path, step: step, code: errno)
    }

    /// The regular file that stands at the path, links followed, with its permissions; `nil` if nothing is there.
    private func existingFile() throws(ReportError) -> (path: String, mode: mode_t)? {
        var information = stat()
        guard stat(path, &information) == 0 else {
            switch errno {
            case ENOENT: return nil
            case ENOTDIR: throw .missingDirectory(path: path, directory: Self.directory(of: path))
            default: throw failure(.create)
            }
        }
        switch information.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw .isDirectory(path: path)
        default: throw .notAFile(path: path)
        }
        // Renaming would replace a file that is protected against writing; whoever protected it meant it.
        guard access(path, W_OK) == 0 else { throw failure(.write) }
        guard let resolved = realpath(path, nil) else { throw failure(.create) }
        defer { free(resolved) }
        return (String(cString: resolved), information.st_mode & 0o777)
    }

    private func requireDirectory(_ directory: String) throws(ReportError) {
        var information = stat()
        if stat(directory, &information) == 0 {
            if information.st_mode & S_IFMT == S_IFDIR { return }
        } else if errno != ENOENT, errno != ENOTDIR {
            throw failure(.create)
        }
        throw .missingDirectory(path: path, directory: directory)
    }

    private func write(_ bytes: [UInt8], to descriptor: Int32) throws(ReportError) {
        var written = 0
        while written < bytes.count {
            errno = 0
            let count = bytes[written...].withUnsafeBytes { writeBytes(descriptor, $0) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else {
                // A regular file that takes no byte and names no reason cannot be waited for.
                throw .notWritten(path: path, step: .write, code: errno == 0 ? EIO : errno)
            }
            written += count
        }
    }

    /// The part of a path before its last component.
    private static func directory(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}

/// Writes as the system does.
package func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    write(descriptor, bytes.baseAddress, bytes.count)
}
