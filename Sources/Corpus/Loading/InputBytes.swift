#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The content of one file, inflated if it was compressed.
struct InputBytes {
    let content: [UInt8]
    let file: ReadFile
}

/// A closure that is shown the bytes of every file in reading order, as they are on disk.
public typealias ByteObserver = (_ file: String, _ chunk: [UInt8]) -> Void

extension InputBytes {
    /// Reads a file or pipe to its end.
    static func read(
        path: String, maximumBytes: Int, observer: ByteObserver
    ) throws(CorpusError) -> InputBytes {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .opening(path, errorNumber: errno) }
        defer { close(descriptor) }
        return try read(descriptor: descriptor, name: path, maximumBytes: maximumBytes, observer: observer)
    }

    /// Reads an open descriptor to its end; gzip data is known by its first two bytes, whatever the name says.
    static func read(
        descriptor: Int32, name: String, maximumBytes: Int, observer: ByteObserver
    ) throws(CorpusError) -> InputBytes {
        var content: [UInt8] = []
        var byteCount = 0
        var decoder: GzipDecoder?
        var head: [UInt8]? = []  // nil once it is known whether the data is compressed
        while true {
            let chunk = try nextChunk(descriptor, name: name)
            if !chunk.isEmpty { observer(name, chunk) }
            byteCount += chunk.count
            var pending = chunk
            if let begun = head {
                pending = begun + chunk
                if pending.count < 2 && !chunk.isEmpty {
                    head = pending
                    continue
                }
                head = nil
                do throws(GzipDecoder.Failure) {
                    if pending.starts(with: [0x1F, 0x8B]) { decoder = try GzipDecoder() }
                } catch { throw .gzip(error, path: name, maximumBytes: maximumBytes) }
                if decoder == nil { content.reserveCapacity(expectedSize(descriptor, maximumBytes: maximumBytes)) }
            }
            do throws(GzipDecoder.Failure) {
                if decoder == nil {
                    guard pending.count <= maximumBytes - content.count else { throw .tooLarge }
                    content += pending
                } else {
                    try decoder?.decode(pending, into: &content, maximumBytes: maximumBytes)
                    if chunk.isEmpty { try decoder?.finish() }
                }
            } catch { throw .gzip(error, path: name, maximumBytes: maximumBytes) }
            if chunk.isEmpty { break }
        }
        let isCompressed = decoder != nil
        return InputBytes(
            content: content, file: ReadFile(path: name, byteCount: byteCount, isCompressed: isCompressed))
    }

    private static func nextChunk(_ descriptor: Int32, name: String) throws(CorpusError) -> [UInt8] {
        var failure: Int32 = 0
        let chunk = [UInt8](unsafeUninitializedCapacity: 1 << 18) { buffer, initialized in
            var count = -1
            repeat {
                count = systemRead(descriptor, buffer.baseAddress, buffer.count)
            } while count < 0 && errno == EINTR
            if count < 0 { failure = errno }
            initialized = max(0, count)
        }
        guard failure == 0 else { throw .opening(name, errorNumber: failure) }
        return chunk
    }

    /// A regular file's size saves the array from growing by copies; other descriptors do not know theirs.
    private static func expectedSize(_ descriptor: Int32, maximumBytes: Int) -> Int {
        var information = stat()
        guard fstat(descriptor, &information) == 0 else { return 0 }
        return max(0, min(Int(information.st_size), maximumBytes))
    }
}

extension CorpusError {
    /// Names the reason for which the system would not open or read a path.
    static func opening(_ path: String, errorNumber: Int32) -> CorpusError {
        errorNumber == ENOENT || errorNumber == ENOTDIR
            ? .notFound(path: path) : .unreadable(path: path, reason: String(cString: strerror(errorNumber)))
    }

    fileprivate static func gzip(_ failure: GzipDecoder.Failure, path: String, maximumBytes: Int) -> CorpusError {
        switch failure {
        case .corrupt(let reason): .corruptGzip(path: path, reason: reason)
        case .truncated: .truncatedGzip(path: path)
        case .tooLarge: .tooLarge(path: path, maximumBytes: maximumBytes)
        }
    }
}

/// The system call, by a name that the static functions called `read` do not hide.
private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutablePointer<UInt8>?, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}
