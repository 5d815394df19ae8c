/// The documents of a source, and what happened while they were read.
public struct LoadedCorpus: Hashable, Sendable {
    /// The documents, in the order of the file, or of the sorted relative paths in a directory; never empty.
    public let documents: [Document]
    /// What a careful reader should know: dropped documents, repaired and unusual characters.
    public let notices: [CorpusNotice]
    /// The files read, in reading order.
    public let files: [ReadFile]

    /// The number of bytes read from disk or standard input, before decompression.
    public var sourceBytes: Int {
        files.reduce(0) { $0 + $1.byteCount }
    }
}

/// One file that was read to its end.
public struct ReadFile: Hashable, Sendable {
    /// The path as it can be opened again, or `stdin`.
    public let path: String
    /// The number of bytes on disk, before decompression.
    public let byteCount: Int
    /// Whether the bytes were gzip data.
    public let isCompressed: Bool
}
