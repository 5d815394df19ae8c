import Statistics

/// How well the two arms can be told apart by their texts alone.
public struct BlindBaselineResult: Codable, Sendable, Hashable {
    /// The out-of-fold score of each suspect document, in the order given; larger means more like a suspect.
    public var suspectScores: [Double]
    /// The out-of-fold score of each control document, in the order given.
    public var controlScores: [Double]
    /// The probability that a suspect document scores above a control document, ties counting one half.
    public var area: Double
    /// The mean area over the permuted arrangements: what exchangeable arms give, at or a little below one half.
    public var meanPermutedArea: Double
    /// The number of arrangements drawn, and how many of them had at least the observed area.
    public var permutations: PermutationCount
    /// The number of folds used.
    public var folds: Int
    /// The number of groups of documents, exact copies joined.
    public var groups: Int
    /// The permutation test; its statistic is ``area``.
    public var test: TestResult
}

/// How many random arrangements were drawn and how many were at least as extreme as the data.
public struct PermutationCount: Codable, Sendable, Hashable {
    /// The number of arrangements drawn; smaller than asked for when the test stopped early.
    public var drawn: Int
    /// The number of them with at least the observed statistic.
    public var asExtreme: Int

    /// (1 + as extreme)/(drawn + 1).
    public var pValue: Double { Double(1 + asExtreme) / Double(drawn + 1) }
}
