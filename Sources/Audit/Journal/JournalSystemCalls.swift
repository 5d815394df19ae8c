#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The system calls that change a journal, as values, so that a test can play a full disk or a failing one.
///
/// Each returns what the call returns, or the negative of `errno`.
struct JournalSystemCalls: Sendable {
    var write: @Sendable (Int32, UnsafeRawBufferPointer) -> Int
    var truncate: @Sendable (Int32, Int) -> Int
    var synchronize: @Sendable (Int32) -> Int

    static let real = JournalSystemCalls(
        write: { descriptor, bytes in
            #if canImport(Glibc)
                let count = Glibc.write(descriptor, bytes.baseAddress, bytes.count)
            #elseif canImport(Musl)
                let count = Musl.write(descriptor, bytes.baseAddress, bytes.count)
            #else
                let count = Darwin.write(descriptor, bytes.baseAddress, bytes.count)
            #endif
            return count < 0 ? -Int(errno) : count
        },
        truncate: { descriptor, length in
            ftruncate(descriptor, off_t(length)) == 0 ? 0 : -Int(errno)
        },
        synchronize: { descriptor in
            #if canImport(Darwin)
                // On Darwin fsync leaves the data in the drive's cache; not every file system knows the full one.
                if fcntl(descriptor, F_FULLFSYNC) == 0 { return 0 }
            #endif
            return fsync(descriptor) == 0 ? 0 : -Int(errno)
        })

    /// Writes all bytes, going on after short writes and interruptions.
    ///
    /// - Returns: The error number that ended the writing early, or `nil` when all bytes are written.
    func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
        bytes.withUnsafeBytes { all in
            var rest = all[...]
            while !rest.isEmpty {
                let count = write(descriptor, UnsafeRawBufferPointer(rebasing: rest))
                if count > 0 {
                    rest = rest.dropFirst(count)
                } else if count == 0 {
                    return EIO  // A regular file that takes no byte and names no reason cannot be waited for.
                } else if count != -Int(EINTR) {
                    return Int32(-count)
                }
            }
            return nil
        }
    }
}
