/// The stretches of words that stand in many documents of a corpus and so say nothing about one of them.
///
/// A stretch is told by a 64-bit hash of its words; among ten million different stretches two share a hash with
/// probability 3·10⁻⁶.
public struct BoilerplateIndex: Sendable {
    /// The length of the stretches, in words.
    public let stretchWords: Int
    /// The least number of documents in which a stretch must stand.
    public let minimumDocuments: Int
    /// The hashes of the stretches, ascending.
    private let stretches: [UInt64]

    /// Reads a corpus.
    ///
    /// - Parameters:
    ///   - documents: The texts, which are read twice; each is split when its turn comes, so a lazy collection needs no
    ///     memory for all of them.
    ///   - stretchWords: The length of the stretches that are looked for, in words; less than one counts as one.
    ///   - minimumDocuments: The least number of documents in which a stretch must stand; less than two counts as two.
    /// - Complexity: O(words of the corpus) time; 2 to 4 bytes of memory for each word while reading, and 24 to 48 for
    ///   each different stretch that is seen twice; 8 bytes for each one that is kept.
    public init(documents: some Collection<String>, stretchWords: Int = 8, minimumDocuments: Int = 3) {
        self.stretchWords = max(1, stretchWords)
        self.minimumDocuments = max(2, minimumDocuments)
        // Most stretches stand in one place only. They are sorted out first, for two bits each.
        var repeated = RepetitionFilter(capacity: documents.reduce(0) { $0 + $1.utf8.count } / 6)
        for text in documents {
            for hash in Self.hashes(of: words(of: text), length: self.stretchWords) { repeated.see(hash) }
        }
        var counts = DocumentCounts()
        for (document, text) in documents.enumerated() {
            for hash in Self.hashes(of: words(of: text), length: self.stretchWords)
            where repeated.mayHaveSeenTwice(hash) {
                counts.count(hash, in: document)
            }
        }
        stretches = counts.hashes(inAtLeast: self.minimumDocuments)
    }

    /// The number of different stretches that are boilerplate.
    public var count: Int { stretches.count }

    /// Returns the words of a text that stand in boilerplate.
    ///
    /// - Parameter words: The words of the text.
    /// - Returns: Word numbers, without overlap, ascending.
    /// - Complexity: O(*n*·log *b*) for *n* words and *b* stretches.
    public func ranges(in words: [Word]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        for (start, hash) in Self.hashes(of: words, length: stretchWords).enumerated() where contains(hash) {
            let end = start + stretchWords
            if let last = ranges.last, start <= last.upperBound {
                ranges[ranges.count - 1] = last.lowerBound..<end
            } else {
                ranges.append(start..<end)
            }
        }
        return ranges
    }

    private func contains(_ hash: UInt64) -> Bool {
        var low = 0
        var high = stretches.count
        while low < high {
            let middle = (low + high) / 2
            if stretches[middle] < hash { low = middle + 1 } else { high = middle }
        }
        return low < stretches.count && stretches[low] == hash
    }

    /// The hash of each stretch of words, in order: a polynomial of the words' hashes (Karp and Rabin, 1987).
    private static func hashes(of words: [Word], length: Int) -> [UInt64] {
        guard words.count >= length else { return [] }
        let base: UInt64 = 0x9e37_79b9_7f4a_7c15
        let highest = (0..<length).reduce(1) { power, _ in power &* base }
        var value: UInt64 = 0
        var hashes: [UInt64] = []
        hashes.reserveCapacity(words.count + 1 - length)
        for place in words.indices {
            value = value &* base &+ words[place].mixedFingerprint
            if place >= length { value = value &- highest &* words[place - length].mixedFingerprint }
            if place + 1 >= length { hashes.append(value) }
        }
        return hashes
    }
}

extension Word {
    /// The fingerprint with every bit depending on every other (the finalizer of SplitMix64; Steele, Lea and Flood,
    /// 2014), so that sums of multiples stay apart.
    fileprivate var mixedFingerprint: UInt64 {
        var mixed = (fingerprint ^ (fingerprint >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
