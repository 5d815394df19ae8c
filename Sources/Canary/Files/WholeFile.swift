#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Reads a file that is meant to fit in memory.
///
/// - Parameters:
///   - path: The file; a pipe will do.
///   - limit: The number of bytes beyond which the file is refused.
/// - Throws: ``CanaryError``.
func readWholeFile(_ path: String, limit: Int) throws(CanaryError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(operation: "open", path: path, code: errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
        if count < 0 && errno == EINTR { continue }
        guard count >= 0 else { throw .system(operation: "read", path: path, code: errno) }
        if count == 0 { return bytes }
        bytes += chunk[..<count]
        guard bytes.count <= limit else {
            throw .unreadable(path: path, reason: "more than \(limit) bytes; check that this is the right file")
        }
    }
}
