import Crypto

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What a file contained when it was read: its size and the SHA-256 of its bytes.
///
/// The journal's header names every input file by its digest, so that a later reader knows whether a corpus, a prompt
/// file or a model is the one that was audited.
public struct FileDigest: Sendable, Equatable, Hashable, Codable {
    /// The number of bytes read.
    public let byteCount: Int
    /// The digest as 64 lower-case hexadecimal digits.
    public let sha256: String

    /// Reads a file once, from beginning to end, in pieces of one mebibyte.
    ///
    /// - Parameter path: The file to read; symbolic links are followed.
    /// - Throws: ``JournalError/system(operation:path:code:)`` when the file cannot be opened or read.
    /// - Complexity: O(*n*) time, O(1) memory.
    public init(ofFile path: String) throws(JournalError) {
        let file = try OpenFile(path, flags: O_RDONLY)
        var hash = SHA256()
        var total = 0
        var chunk = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = try file.read(into: &chunk)
            if count == 0 { break }
            chunk.withUnsafeBytes { hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[..<count])) }
            total += count
        }
        byteCount = total
        sha256 = String(decoding: hexDigits(hash.finalize()), as: UTF8.self)
    }
}
