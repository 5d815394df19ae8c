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
    /// Whether the run may end before every document has been asked about.
    public var stopping = Stopping.early
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

    /// A run against a model that cannot have seen the documents, for the gate of that name.
    public var negativeControl: NegativeControl?

    /// Creates the defaults.
    public init() {}

    /// Levels that are neither void nor below what a test on real corpora could reach.
    static let alphas = 1e-9...0.2
    /// Tokens that a prefix or a suffix may have; more than any context that a window could be sent to.
    static let windowTokens = 1...100_000
    /// Numbers of random arrangements that resolve the usual levels and end within a day.
    static let arrangements = 999...10_000_000

    /// Checks the values against each other.
    ///
    /// - Throws: ``AuditError/invalidOption(name:value:requirement:)`` for the first that is out of range.
    public func validate() throws(AuditError) {
        func require(_ holds: Bool, _ name: String, _ value: some Any, _ requirement: String) throws(AuditError) {
            guard holds else { throw .invalidOption(name: name, value: "\(value)", requirement: requirement) }
        }
        func require(_ value: Int, in range: ClosedRange<Int>, _ name: String) throws(AuditError) {
            try require(range.contains(value), name, value, "\(range.lowerBound) to \(range.upperBound)")
        }
        try require(Self.alphas.contains(alpha), "alpha", alpha, "above 0 (at least 1e-9) and at most 0.2")
        try require(delta > 0 && delta < 1, "delta", delta, "between 0 and 1")
        if let shape {
            try require(shape.prefixTokens, in: Self.windowTokens, "prefix-tokens")
            try require(shape.suffixTokens, in: Self.windowTokens, "suffix-tokens")
        }
        try require(windowsPerDocument, in: 1...1000, "windows-per-document")
        try require(scoredTokens, in: 1...10_000, "scored-tokens")
        try require(resamples, in: Self.arrangements, "resamples")
        try require(
            extractionShare > 0 && extractionShare < 1, "extraction-share", extractionShare, "between 0 and 1")
        if staging != .generationOnly {
            // The smallest p-value that resampling can give, 1/(resamples + 1), must be able to reach the level.
            let needed = (1 / (alpha * (1 - extractionShare))).rounded(.up)
            guard needed <= Double(Self.arrangements.upperBound) else {
                throw .invalidOption(
                    name: "alpha", value: "\(alpha)",
                    requirement: "large enough for \(Self.arrangements.upperBound) random arrangements to reach the "
                        + "likelihood test's part of it")
            }
            try require(
                Double(resamples) >= needed - 1, "resamples", resamples, "at least \(Int(needed)) for alpha \(alpha)")
        }
    }
}
