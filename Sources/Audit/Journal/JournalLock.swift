#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The right to write to a run directory, held as an advisory lock on `journal.lock`.
///
/// The lock belongs to the open file, so the system gives it back when the process dies, however it dies. The file
/// itself stays: removing it would let two later processes lock two different files of one name.
final class JournalLock: Sendable {
    /// False where the file system has no advisory locks (some network mounts): nothing then keeps a second writer out.
    let isExclusive: Bool
    private let file: OpenFile

    init(directory: String) throws(JournalError) {
        let path = directory + "/journal.lock"
        file = try OpenFile(path, flags: O_RDWR | O_CREAT)
        var result: Int32
        repeat {
            result = flock(file.descriptor, LOCK_EX | LOCK_NB)
        } while result != 0 && errno == EINTR
        if result == 0 {
            isExclusive = true
            announce()
            return
        }
        switch errno {
        case EWOULDBLOCK:
            throw .locked(directory: directory, holder: JournalLock.holder(in: file))
        case ENOLCK, ENOSYS, EOPNOTSUPP, EINVAL:
            isExclusive = false
        case let code:
            throw .system(operation: .lock, path: path, code: code)
        }
    }

    deinit {
        // Closing the file would do, were it not for a child being started just now, which shares it until it execs.
        if isExclusive { flock(file.descriptor, LOCK_UN) }
    }

    /// Writes who holds the lock, for the message that a second writer gets; failing to do so harms nothing.
    private func announce() {
        var name = [CChar](repeating: 0, count: 256)
        let host = gethostname(&name, name.count - 1) == 0 ? decoded(name) : "unknown host"
        let text = Array("process \(getpid()) on \(host)\n".utf8)
        guard text.withUnsafeBytes({ pwrite(file.descriptor, $0.baseAddress, $0.count, 0) }) == text.count else {
            return
        }
        _ = ftruncate(file.descriptor, off_t(text.count))
    }

    private static func holder(in file: OpenFile) -> String? {
        var text = [UInt8](repeating: 0, count: 320)
        let count = text.withUnsafeMutableBytes { pread(file.descriptor, $0.baseAddress, $0.count, 0) }
        guard count > 0 else { return nil }
        let line = text[..<count].prefix { $0 >= 0x20 && $0 < 0x7f }
        return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
    }

    private func decoded(_ name: [CChar]) -> String {
        String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
