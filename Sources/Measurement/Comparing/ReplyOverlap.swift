import Corpus
import Overlap

/// What one reply repeats of its document, in lengths and places.
///
/// The source is the whole document, and words count as Overlap splits them, after normalisation and masking. Places of
/// words are numbers in the document, so that several replies can be laid over each other and every place counted once.
public struct ReplyOverlap: Codable, Hashable, Sendable {
    /// A stretch of the document that a reply repeats nearly word for word.
    public struct Block: Codable, Hashable, Sendable {
        /// The stretches of words that match, ascending.
        public let runs: [Range<Int>]
        /// Where the block stands in the normalised document, in Unicode scalars.
        public let scalars: Range<Int>

        /// The number of words that match.
        public var matchedWords: Int { runs.reduce(0) { $0 + $1.count } }
    }

    /// Unicode scalars of the longest run.
    public let longestCharacters: Int
    /// Words of the longest run.
    public let longestWords: Int
    /// Tokens of the longest run, outside the prefix.
    public let longestTokens: Int
    /// Where the longest run of words stands in the document as it was read, in bytes of UTF-8; `nil` without a run.
    public let longestBytes: Range<Int>?
    /// Words of the run with which the reply ends.
    public let trailingWords: Int
    /// The stretches of the document's words that runs of at least the plan's length cover, ascending, without overlap.
    public let covered: [Range<Int>]
    /// How many of the covered words stand inside quotation marks.
    public let coveredQuotedWords: Int
    /// The near-verbatim blocks, ascending.
    public let blocks: [Block]
    /// How many tokens of the suffix came at their places.
    public let tokenAccuracy: TokenAccuracy
    /// How many leading tokens of the suffix came before the first that differs.
    public let firstDivergence: Int
    /// The reply with the suffix, both cut to the suffix's number of words.
    public let rougeL: RougeL
    /// The words of the same two texts by the characters that must be changed.
    public let editSimilarity: EditSimilarity
    /// Words of the reply that do not count because of the prompt or as boilerplate.
    public let maskedWords: Int
    /// Different words by words of the reply; a loop is near 0.
    public let typeTokenRatio: Double

    /// Covered words of the document.
    public var coveredWords: Int { covered.reduce(0) { $0 + $1.count } }

    /// The lengths by which the reply is judged.
    var repetition: ReplyJudgement.Repetition {
        ReplyJudgement.Repetition(
            words: longestWords, characters: longestCharacters, tokens: longestTokens, trailingWords: trailingWords,
            isWholeSuffix: tokenAccuracy.expected > 0 && firstDivergence == tokenAccuracy.expected)
    }
}

/// A stretch of another document than its own that a reply repeats.
public struct CorpusRecital: Codable, Hashable, Sendable {
    /// The document's arm.
    public let arm: Arm
    /// The document.
    public let document: DocumentID
    /// Words of the stretch.
    public let words: Int
    /// Where it stands in that document's normalised text, in bytes of UTF-8.
    public let bytes: Range<Int>
}
