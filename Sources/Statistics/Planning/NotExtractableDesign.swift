import RealModule

/// What it takes to conclude that fewer than a share δ of documents can be extracted.
///
/// The conclusion needs an exact one-sided upper bound (``clopperPearsonUpperBound(_:alpha:)``) of the suspect rate below
/// δ; a test that does not reject proves nothing. Power here is the probability that the bound gets there when the true
/// rate is smaller than δ.
public struct NotExtractableDesign: Codable, Sendable, Hashable {
    /// The rate that the upper bound must be below.
    public let delta: Double
    /// The error probability of the bound.
    public let alpha: Double
    /// How alike the documents are; all numbers of documents are divided by it.
    public let designEffect: DesignEffect

    /// The largest number of documents that is planned for.
    public static let largestDocuments: Int64 = 10_000_000

    /// Checks and takes a design.
    ///
    /// - Parameters:
    ///   - delta: The rate that the upper bound must be below, strictly between 0 and 1.
    ///   - alpha: The probability that the bound is below a true rate of δ or more, strictly between 0 and 1.
    ///   - designEffect: How alike the documents are.
    /// - Throws: ``StatisticsError/outOfRange(name:value:requirement:)`` for arguments out of range.
    public init(delta: Double, alpha: Double, designEffect: DesignEffect = .none) throws(StatisticsError) {
        try Require.openUnit(delta, "delta")
        try Require.openUnit(alpha, "alpha")
        self.delta = delta
        self.alpha = alpha
        self.designEffect = designEffect
    }

    /// The smallest number of suspect documents with which the conclusion is possible at all: none of them may hit.
    ///
    /// 1 − α^(1/n) < δ, so about −ln α / δ: 299 documents for δ = .01 and α = .05.
    ///
    /// - Throws: ``StatisticsError/outOfRange(name:value:requirement:)`` when more than ``largestDocuments`` are needed.
    public func documentsWithoutHit() throws(StatisticsError) -> Int64 {
        var effective = try trialsToExclude(rate: delta, alpha: alpha)
        // The bound must be below δ, and trialsToExclude is content with δ itself.
        while try !excludes(hits: 0, effective) { effective += 1 }
        let documents = (Double(effective) * designEffect.value).rounded(.up)
        guard documents <= Double(Self.largestDocuments) else {
            throw .outOfRange(
                name: "delta", value: delta, requirement: "large enough to be excluded by 10,000,000 documents")
        }
        return Int64(documents)
    }

    /// The largest number of hits among so many effective documents with which the bound is still below δ.
    ///
    /// - Parameter documents: The suspect documents asked about, 1 … ``largestDocuments``.
    /// - Returns: The number of hits among ``DesignEffect/effective(_:)`` documents, or `nil` when even no hit leaves the
    ///   bound at δ or above.
    /// - Throws: ``StatisticsError/impossibleCount(name:value:allowed:)`` for a number of documents out of range.
    /// - Complexity: O(√documents × log documents).
    public func mostHits(documents: Int64) throws(StatisticsError) -> Int64? {
        guard (1...Self.largestDocuments).contains(documents) else {
            throw .impossibleCount(name: "documents", value: documents, allowed: 1...Self.largestDocuments)
        }
        let effective = designEffect.effective(documents)
        guard try excludes(hits: 0, effective) else { return nil }
        var (allowed, tooMany) = (Int64(0), effective)
        while tooMany - allowed > 1 {
            let middle = allowed + (tooMany - allowed) / 2
            if try excludes(hits: middle, effective) { allowed = middle } else { tooMany = middle }
        }
        return allowed
    }

    /// The probability to reach the conclusion: P(X ≤ the most hits allowed), X binomial.
    ///
    /// - Parameters:
    ///   - trueRate: The true rate of the suspect documents, 0 … 1; from δ on the result is an error rate, at most α.
    ///   - documents: The suspect documents asked about, 1 … ``largestDocuments``.
    /// - Returns: The exact probability for independent documents; 0 when the documents are too few.
    /// - Throws: ``StatisticsError`` for arguments out of range.
    public func probability(trueRate: Double, documents: Int64) throws(StatisticsError) -> Double {
        try Require.closedUnit(trueRate, "true rate")
        guard let hits = try mostHits(documents: documents) else { return 0 }
        if trueRate == 0 { return 1 }
        if trueRate == 1 { return 0 }
        let effective = designEffect.effective(documents)
        return .exp(BinomialDistribution(trials: effective, probability: trueRate).logLowerTail(hits))
    }

    private func excludes(hits: Int64, _ effective: Int64) throws(StatisticsError) -> Bool {
        try clopperPearsonUpperBound(Proportion(hits: hits, trials: effective), alpha: alpha) < delta
    }

    private enum CodingKeys: String, CodingKey { case delta, alpha, designEffect }

    /// Reads a design and checks it as ``init(delta:alpha:designEffect:)`` does.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let delta = try container.decode(Double.self, forKey: .delta)
        let alpha = try container.decode(Double.self, forKey: .alpha)
        let designEffect = try container.decode(DesignEffect.self, forKey: .designEffect)
        do {
            try self.init(delta: delta, alpha: alpha, designEffect: designEffect)
        } catch {
            throw DecodingError.dataCorruptedError(forKey: .delta, in: container, debugDescription: error.description)
        }
    }
}
