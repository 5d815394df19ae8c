/// An index of a corpus that finds every run of words a reply shares with any document.
///
/// Nothing shorter than the least length is looked for, and nothing of it or longer is missed: sampled stretches of
/// words are found by their hash, compared word by word and extended to both sides. The texts themselves are not kept.
/// With the default length it takes about 8 bytes of memory per word of the corpus, beside its vocabulary.
///
/// A match against a whole corpus is weaker evidence than one against the reply's own document: between 200 words and
/// an unrelated book, runs of 5 words are common and runs of 8 occur.
public struct CorpusIndex: Sendable {
    /// The length from which on no run is missed, in words.
    public let minimumWords: Int
    /// The number of documents.
    public let documentCount: Int
    /// The number of words of all documents.
    public var wordCount: Int { places.count }

    private let numbering: WordNumbering
    private let places: WordPlaceStore
    /// Where each document begins if all texts are written one after the other, in bytes of UTF-8.
    private let documentBytes: [Int]
    private let index: StretchIndex<UInt32>

    /// Reads a corpus.
    ///
    /// - Parameters:
    ///   - documents: The texts; each is read when its turn comes, so a lazy sequence needs no memory for all of them.
    ///   - minimumWords: The length of the runs that must not be missed, in words; less than one counts as one. The
    ///     longer, the smaller the index; under 5 words, look-ups meet many common phrases and are slow.
    /// - Complexity: O(bytes of the corpus).
    public init(documents: some Sequence<String>, minimumWords: Int = 8) {
        self.minimumWords = max(1, minimumWords)
        var reader = CorpusReader()
        for document in documents { reader.read(document) }
        numbering = reader.numbering
        places = reader.places
        documentBytes = reader.documentBytes
        documentCount = reader.documentStarts.count
        index = StretchIndex(
            symbols: reader.symbols, documentStarts: reader.documentStarts,
            sampling: StretchSampling(minimumRun: self.minimumWords, common: 5))
    }

    /// Finds all maximal runs of words that a reply shares with documents.
    ///
    /// - Parameters:
    ///   - reply: The words of the reply.
    ///   - minimum: The least length, in words; less than ``minimumWords`` counts as ``minimumWords``, which is also
    ///     what nil stands for.
    ///   - limit: After following so many runs, those that turn out too short included, the search ends, so that a
    ///     reply of boilerplate takes neither all memory nor all time.
    /// - Returns: The matches, and whether they are all there are.
    /// - Complexity: O(*m* + occurrences of the reply's stretches in the corpus).
    public func matches(of reply: [Word], ofAtLeast minimum: Int? = nil, limit: Int = 100_000) -> CorpusMatches {
        matches(of: reply.map { symbol(of: $0) }, ofAtLeast: minimum, limit: limit)
    }

    /// Finds all maximal runs that the words of a reply which are not masked share with documents.
    public func matches(of reply: ComparedText, ofAtLeast minimum: Int? = nil, limit: Int = 100_000) -> CorpusMatches {
        let symbols = reply.words.indices.map { place in
            reply.mask.isMasked(at: place) ? StretchIndex<UInt32>.unknown : symbol(of: reply.words[place])
        }
        return matches(of: symbols, ofAtLeast: minimum, limit: limit)
    }

    private func symbol(of word: Word) -> UInt32 {
        let number = numbering.knownNumber(of: word)
        return number < 0 ? StretchIndex<UInt32>.unknown : UInt32(number)
    }

    private func matches(of reply: [UInt32], ofAtLeast minimum: Int?, limit: Int) -> CorpusMatches {
        let found = index.runs(
            sharedWith: reply, ofAtLeast: max(minimum ?? minimumWords, minimumWords), limit: max(0, limit))
        let matches = found.runs.map { run in
            let first = run.start - index.documentStarts[run.document]
            let base = documentBytes[run.document]
            // Each document before this one is followed by one symbol that is no word.
            let word = run.start - run.document
            return CorpusMatch(
                document: run.document, source: first..<first + run.count,
                utf8: places[word].lowerBound - base..<places[word + run.count - 1].upperBound - base,
                reply: run.replyStart..<run.replyStart + run.count)
        }
        return CorpusMatches(matches: matches, isComplete: found.isComplete)
    }
}

/// Reads documents into numbers.
private struct CorpusReader {
    private(set) var numbering = WordNumbering()
    private(set) var places = WordPlaceStore()
    private(set) var symbols: [UInt32] = []
    private(set) var documentStarts: [Int] = []
    private(set) var documentBytes: [Int] = []
    private var bytes = 0

    /// A long document is split piece by piece, since its words together would take many times its memory.
    private static let pieceBytes = 1 << 16

    mutating func read(_ document: String) {
        documentStarts.append(symbols.count)
        documentBytes.append(bytes)
        var document = document
        bytes += document.withUTF8 { text in
            var splitter = WordSplitter()
            var start = 0
            while start < text.count {
                var end = min(text.count, start + Self.pieceBytes)
                // A piece ends with a whole scalar.
                while end < text.count, text[end] & 0xC0 == 0x80 { end += 1 }
                splitter.consume(utf8: UnsafeBufferPointer(rebasing: text[start..<end]))
                add(splitter.takeWords())
                start = end
            }
            add(splitter.finish())
            return text.count
        }
        symbols.append(StretchIndex<UInt32>.separator)
    }

    private mutating func add(_ words: [Word]) {
        let base = documentBytes.last ?? 0
        for word in words {
            symbols.append(UInt32(bitPattern: numbering.number(of: word)))
            places.append(base + word.utf8.lowerBound..<base + word.utf8.upperBound)
        }
    }
}
