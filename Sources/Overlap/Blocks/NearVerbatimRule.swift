/// When matching runs of words that stand close together count as one near-verbatim block.
///
/// Runs are merged over small gaps, short results dropped, and what is left merged over larger gaps and filtered again.
public struct NearVerbatimRule: Hashable, Codable, Sendable {
    /// One merge and the filter after it.
    public struct Pass: Hashable, Codable, Sendable {
        /// The most words between two runs, in the source and in the reply, for them to be merged.
        public var maximumGap: Int
        /// The most words by which the two gaps may differ.
        public var maximumMisalignment: Int
        /// The least number of matched words, gaps not counted, that a merged block must have to be kept.
        public var minimumMatchedWords: Int

        /// Creates a pass.
        public init(maximumGap: Int, maximumMisalignment: Int, minimumMatchedWords: Int) {
            self.maximumGap = maximumGap
            self.maximumMisalignment = maximumMisalignment
            self.minimumMatchedWords = minimumMatchedWords
        }
    }

    /// The shortest run of words that is taken as a match at all.
    public var minimumRun: Int
    /// The merge over small gaps.
    public var first: Pass
    /// The merge over larger gaps.
    public var second: Pass

    /// Creates a rule.
    public init(minimumRun: Int = 1, first: Pass, second: Pass) {
        self.minimumRun = minimumRun
        self.first = first
        self.second = second
    }

    /// The published rule for whole books (Ahmed et al., 2026, arXiv 2601.02671): gaps of 2 words that differ by 1,
    /// kept from 20 words; then gaps of 10 that differ by 3, kept from 100.
    public static let books = NearVerbatimRule(
        first: Pass(maximumGap: 2, maximumMisalignment: 1, minimumMatchedWords: 20),
        second: Pass(maximumGap: 10, maximumMisalignment: 3, minimumMatchedWords: 100))

    /// The same rule scaled to articles of 300 to 1,200 words, this project's own choice: gaps of 2 words that differ by
    /// 1, kept from 8 words; then gaps of 5 that differ by 2, kept from 20.
    ///
    /// Unrelated passages of 200 words hardly ever share a run of more than 5 words, so both floors are above chance;
    /// confirm it on controls.
    public static let articles = NearVerbatimRule(
        first: Pass(maximumGap: 2, maximumMisalignment: 1, minimumMatchedWords: 8),
        second: Pass(maximumGap: 5, maximumMisalignment: 2, minimumMatchedWords: 20))
}
