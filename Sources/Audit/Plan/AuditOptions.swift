import Corpus
import Inference

/// What a user can set about an audit, with the defaults that suit most.
public struct AuditOptions: Sendable, Hashable {
    /// Probability of calling an innocent model guilty.
    public var alpha = 0.01
    /// The rate of extracted documents above which a model is not cleared.
    public var delta = 0.01
    /// Length of prefix and suffix; `nil` chooses the longest standard shape that most documents hold.
    public var shape: WindowShape?
    /// Most windows per document.
    public var windowsPerDocument = 4
    /// Number of suffix tokens scored in every window; a longer score sees fainter memory and costs more.
    public var scoredTokens = 8
    /// How much is asked about every window.
    public var staging = Staging.staged
    /// Whether the server is used for speed or for identical numbers.
    public var strictness = Strictness.fast
    /// Seed of every random choice.
    public var seed: UInt64 = 1
    /// Number of random arrangements of the permutation test.
    public var resamples = 99_999
    /// When a suffix counts as extractable by sampling.
    public var extractability = Extractability.standard
    /// Share of ``alpha`` that is spent on the extraction test.
    public var extractionShare = 0.5

    /// Creates the defaults.
    public init() {}

    /// Checks the values against each other.
    ///
    /// - Throws: ``AuditError/invalidOption(name:value:requirement:)`` for the first that is out of range.
    public func validate() throws(AuditError) {
        func require(_ holds: Bool, _ name: String, _ value: some Any, _ requirement: String) throws(AuditError) {
            guard holds else { throw .invalidOption(name: name, value: "\(value)", requirement: requirement) }
        }
        try require(alpha > 0 && alpha <= 0.2, "alpha", alpha, "above 0 and at most 0.2")
        try require(delta > 0 && delta < 1, "delta", delta, "between 0 and 1")
        try require((1...1000).contains(windowsPerDocument), "windows-per-document", windowsPerDocument, "1 to 1000")
        try require((1...10_000).contains(scoredTokens), "scored-tokens", scoredTokens, "1 to 10000")
        try require(
            (999...10_000_000).contains(resamples), "resamples", resamples, "999 to 10000000")
        try require(
            extractionShare > 0 && extractionShare < 1, "extraction-share", extractionShare, "between 0 and 1")
        if staging != .generationOnly {
            // The smallest p-value that resampling can give must be able to reach the level.
            let smallest = 1 / Double(resamples + 1)
            try require(
                smallest <= alpha * (1 - extractionShare), "resamples", resamples,
                "at least \(Int((1 / (alpha * (1 - extractionShare))).rounded(.up))) for alpha \(alpha)")
        }
    }
}
