/// A run that a reply shares with a document of a corpus and that can be extended to neither side.
public struct CorpusMatch: Hashable, Codable, Sendable {
    /// The document's number, in the order in which the corpus was read.
    public let document: Int
    /// Where the run stands in the document, in elements: words, or for a ``CharacterCorpusIndex`` bytes of UTF-8.
    public let source: Range<Int>
    /// Where the run stands in the document, in bytes of UTF-8.
    public let utf8: Range<Int>
    /// Where the run stands in the reply, in elements: words, or for a ``CharacterCorpusIndex`` Unicode scalars.
    public let reply: Range<Int>

    /// The length of the run, in words or Unicode scalars.
    public var count: Int { reply.count }
}

/// What a search of a corpus found.
public struct CorpusMatches: Hashable, Codable, Sendable {
    /// The matches in the order of the reply, then of the documents.
    public let matches: [CorpusMatch]
    /// Whether these are all matches; false when the search ended at its limit.
    public let isComplete: Bool

    /// The longest match: of equally long ones the first; nil when there is none.
    public var longest: CorpusMatch? {
        matches.reduce(nil) { best, match in
            if let best, best.count >= match.count { return best }
            return match
        }
    }

    /// The stretches of the reply that stand in some document, without overlap, ascending.
    public var coveredRanges: [Range<Int>] {
        var ranges: [Range<Int>] = []
        for match in matches {
            if let last = ranges.last, match.reply.lowerBound <= last.upperBound {
                let end = max(last.upperBound, match.reply.upperBound)
                ranges[ranges.count - 1] = last.lowerBound..<end
            } else {
                ranges.append(match.reply)
            }
        }
        return ranges
    }
}
