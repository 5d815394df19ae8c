/// An index of a corpus that finds every run of characters (Unicode scalars) a reply shares with any document.
///
/// Texts are compared as they are, case, spaces and punctuation included; for words, see ``CorpusIndex``. It keeps the
/// texts and takes, with the default length, about 1.5 bytes of memory per byte of the corpus.
public struct CharacterCorpusIndex: Sendable {
    /// The length from which on no run is missed, in Unicode scalars.
    public let minimumCharacters: Int
    /// The number of documents.
    public let documentCount: Int
    /// The number of bytes of all documents in UTF-8.
    public var byteCount: Int { index.symbols.count - documentCount }

    private let index: StretchIndex<UInt8>

    /// Reads a corpus.
    ///
    /// - Parameters:
    ///   - documents: The texts.
    ///   - minimumCharacters: The length of the runs that must not be missed, in Unicode scalars; less than one counts as
    ///     one. The default is the length from which German law presumes a quotation to be more than a minor use
    ///     (160 characters; Mueller et al., 2024). Under 20, look-ups meet many common phrases and are slow.
    /// - Complexity: O(bytes of the corpus).
    public init(documents: some Sequence<String>, minimumCharacters: Int = 160) {
        self.minimumCharacters = max(1, minimumCharacters)
        var bytes: [UInt8] = []
        var starts: [Int] = []
        for document in documents {
            starts.append(bytes.count)
            bytes.append(contentsOf: document.utf8)
            // No byte of UTF-8 has this value.
            bytes.append(StretchIndex<UInt8>.separator)
        }
        documentCount = starts.count
        // As many scalars are at least as many bytes.
        index = StretchIndex(
            symbols: bytes, documentStarts: starts,
            sampling: StretchSampling(minimumRun: self.minimumCharacters, common: 16))
    }

    /// Finds all maximal runs of characters that a reply shares with documents.
    ///
    /// - Parameters:
    ///   - reply: The reply.
    ///   - minimum: The least length, in Unicode scalars; less than ``minimumCharacters`` counts as
    ///     ``minimumCharacters``, which is also what nil stands for.
    ///   - limit: After following so many runs, those that turn out too short included, the search ends, so that a
    ///     reply of boilerplate takes neither all memory nor all time.
    /// - Returns: The matches, and whether they are all there are.
    /// - Complexity: O(*m* + occurrences of the reply's stretches in the corpus).
    public func matches(of reply: String, ofAtLeast minimum: Int? = nil, limit: Int = 100_000) -> CorpusMatches {
        let minimum = max(minimum ?? minimumCharacters, minimumCharacters)
        let bytes = Array(reply.utf8)
        let found = index.runs(sharedWith: bytes, ofAtLeast: minimum, limit: max(0, limit))
        // For every byte the number of scalars that begin before it.
        var scalars = [0]
        scalars.reserveCapacity(bytes.count + 1)
        for byte in bytes { scalars.append(scalars[scalars.count - 1] + (byte & 0xC0 == 0x80 ? 0 : 1)) }

        var matches: [CorpusMatch] = []
        for run in found.runs {
            // Two different scalars may share bytes: what is left of a scalar at either end does not belong to the run.
            var (start, end) = (run.replyStart, run.replyStart + run.count)
            while start < end, bytes[start] & 0xC0 == 0x80 { start += 1 }
            while end > start, end < bytes.count, bytes[end] & 0xC0 == 0x80 { end -= 1 }
            guard scalars[end] - scalars[start] >= minimum else { continue }
            let offset = run.start - index.documentStarts[run.document] - run.replyStart
            matches.append(
                CorpusMatch(
                    document: run.document, source: start + offset..<end + offset, utf8: start + offset..<end + offset,
                    reply: scalars[start]..<scalars[end]))
        }
        return CorpusMatches(matches: matches, isComplete: found.isComplete)
    }
}
