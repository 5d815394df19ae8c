import Corpus
import Overlap
import Statistics

/// What was seen of one probe, in the numbers that tables print.
public struct ProbeRow: Codable, Hashable, Sendable {
    /// The arm of the document.
    public let arm: Arm
    /// The document.
    public let document: DocumentID
    /// The condition.
    public let condition: ProbeCondition
    /// Where the prefix begins, in units of the grid.
    public let start: Int
    /// Where the prefix stands in the document, in bytes of UTF-8.
    public let prefixBytes: Range<Int>
    /// Where the suffix stands in the document, in bytes of UTF-8.
    public let suffixBytes: Range<Int>
    /// Why no usable answer came, or `nil` when one did.
    public let failure: String?
    /// What the first reply was; `nil` when no text was generated.
    public let replyClass: ReplyClass?
    /// The numbers of the first reply; `nil` when no text was generated.
    public let reply: ReplyNumbers?
    /// Samples drawn.
    public let samples: Int
    /// Samples that regurgitate.
    public let regurgitatingSamples: Int
    /// ln p_z in nats, or an upper bound of it; `nil` when it was not scored.
    public let ln: Double?
    /// Whether ``ln`` is only an upper bound.
    public let lnIsBound: Bool
    /// ln of the lower bound of the probability of a nearly verbatim reply; `nil` when it was not searched for.
    public let nearVerbatimBound: LogProbability?
    /// The other document that the first reply repeats more of than of its own, if any.
    public let elsewhere: CorpusRecital?

    /// What a reply repeats, in lengths.
    public struct ReplyNumbers: Codable, Hashable, Sendable {
        /// Whether the reply repeats enough of its document.
        public let regurgitates: Bool
        /// Unicode scalars of the longest run.
        public let longestCharacters: Int
        /// Words of the longest run.
        public let longestWords: Int
        /// Tokens of the longest run.
        public let longestTokens: Int
        /// Where the longest run stands in the document as it was read, in bytes of UTF-8.
        public let longestBytes: Range<Int>?
        /// Words of the run inside which the reply was cut off; `nil` when it was not.
        public let censoredWords: Int?
        /// Words of the document that runs of at least the plan's length cover.
        public let coveredWords: Int
        /// How many of them stand inside quotation marks.
        public let coveredQuotedWords: Int
        /// Matched words of the document in near-verbatim blocks.
        public let nearVerbatimWords: Int
        /// The share of the suffix's tokens that came at their places.
        public let tokenAccuracy: Double
        /// Leading tokens of the suffix that came.
        public let firstDivergence: Int
        /// Whether the whole suffix came, token by token.
        public let isWholeSuffix: Bool
        /// ROUGE-L F1 with the suffix.
        public let rougeL: Double
        /// Edit similarity with the suffix.
        public let editSimilarity: Double
        /// Words of the longest run of the reasoning; `nil` without reasoning.
        public let reasoningWords: Int?
        /// Different words by words; a loop is near 0.
        public let typeTokenRatio: Double
    }

    init(_ observation: MeasurementObservation) {
        arm = observation.arm
        document = observation.document
        condition = observation.condition
        start = observation.start
        prefixBytes = observation.prefixBytes
        suffixBytes = observation.suffixBytes
        if case .failed(let reason) = observation.result { failure = reason } else { failure = nil }
        let sighting = observation.sighting
        let first = sighting?.replies.first
        replyClass = failure == nil ? first?.judgement.replyClass : .transportError
        reply = first.map(ReplyNumbers.init)
        let sampled = sighting?.replies.filter { $0.decoding != .greedy } ?? []
        samples = sampled.count
        regurgitatingSamples = sampled.count { $0.judgement.regurgitates }
        ln = sighting?.score?.ln
        lnIsBound = sighting?.score?.isBound ?? false
        nearVerbatimBound = sighting?.nearVerbatimBound?.atLeast
        elsewhere = first?.elsewhere
    }
}

extension ProbeRow.ReplyNumbers {
    fileprivate init(_ reply: MeasuredReply) {
        let overlap = reply.overlap
        self.init(
            regurgitates: reply.judgement.regurgitates, longestCharacters: overlap.longestCharacters,
            longestWords: overlap.longestWords, longestTokens: overlap.longestTokens,
            longestBytes: overlap.longestBytes, censoredWords: reply.judgement.censoredWords,
            coveredWords: overlap.coveredWords, coveredQuotedWords: overlap.coveredQuotedWords,
            nearVerbatimWords: overlap.blocks.reduce(0) { $0 + $1.matchedWords },
            tokenAccuracy: overlap.tokenAccuracy.fraction, firstDivergence: overlap.firstDivergence,
            isWholeSuffix: overlap.repetition.isWholeSuffix, rougeL: overlap.rougeL.f1,
            editSimilarity: overlap.editSimilarity.similarity, reasoningWords: reply.reasoningWords,
            typeTokenRatio: overlap.typeTokenRatio)
    }
}
