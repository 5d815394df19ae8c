#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Why a small text file could not be read.
struct SmallFileError: Error, Equatable {
    let reason: String
}

/// Reads a text file that is meant to be small, a pipe (`<(…)`) included.
///
/// - Parameters:
///   - path: The file.
///   - limit: The number of bytes beyond which the file is refused, so that a wrong path is not read into memory.
/// - Throws: ``SmallFileError``, also for text that is not UTF-8.
func readSmallFile(_ path: String, limit: Int) throws(SmallFileError) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SmallFileError(reason: systemText(errno)) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
        if count < 0 && errno == EINTR { continue }
        guard count >= 0 else { throw SmallFileError(reason: systemText(errno)) }
        if count == 0 { break }
        bytes += chunk[..<count]
        guard bytes.count <= limit else { throw SmallFileError(reason: "it has more than \(limit) bytes") }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
        throw SmallFileError(reason: "it is not UTF-8 text")
    }
    return text
}

private func systemText(_ code: Int32) -> String {
    String(cString: strerror(code))
}
