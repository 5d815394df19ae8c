import RealModule

/// The rate of one arm when trials come in documents, with a variance that allows for documents being alike inside.
public struct RatioEstimate: Sendable, Hashable, Codable {
    /// Σ hits / Σ trials.
    public let rate: Double
    /// The variance of ``rate`` between documents: D/(D−1)·Σ(y_d − p m_d)²/(Σm)².
    public let variance: Double
    /// ``variance`` over that of independent trials, or `nil` at rates 0 and 1.
    public let designEffect: Double?
    /// The intraclass correlation by analysis of variance, or `nil` when no document has two trials or all trials agree.
    public let intraclassCorrelation: Double?
    /// The number of documents.
    public let documents: Int

    /// Estimates the rate from the hits and trials of every document.
    ///
    /// The ratio estimator (Cochran, 1977) and the analysis-of-variance estimator (MSB − MSW)/(MSB + (m₀−1)MSW) with
    /// m₀ = (Σm − Σm²/Σm)/(D−1). At 0/n and n/n the variance is 0: use ``clopperPearson(_:alpha:)`` on documents there.
    ///
    /// - Parameter documents: The hits and trials of every document, at least two.
    /// - Throws: ``StatisticsError/sampleTooSmall(name:count:minimum:)`` for fewer than two documents.
    public init(_ documents: [Proportion]) throws(StatisticsError) {
        guard documents.count >= 2 else {
            throw .sampleTooSmall(name: "documents", count: documents.count, minimum: 2)
        }
        let count = Double(documents.count)
        let trials = documents.map { Double($0.trials) }.compensatedSum
        let hits = documents.map { Double($0.hits) }.compensatedSum
        let rate = hits / trials
        let residuals = documents.map { document in
            let residual = Double(document.hits) - rate * Double(document.trials)
            return residual * residual
        }
        let variance = count / (count - 1) * residuals.compensatedSum / (trials * trials)
        self.rate = rate
        self.variance = variance
        self.documents = documents.count
        designEffect = rate > 0 && rate < 1 ? variance / (rate * (1 - rate) / trials) : nil

        let between =
            documents.map { Double($0.trials) * ($0.rate - rate) * ($0.rate - rate) }.compensatedSum / (count - 1)
        let within =
            documents.map { Double($0.hits) * (1 - $0.rate) }.compensatedSum / (trials - count)
        let squares = documents.map { Double($0.trials) * Double($0.trials) }.compensatedSum
        let size = (trials - squares / trials) / (count - 1)
        let total = between + (size - 1) * within
        intraclassCorrelation = trials > count && total > 0 ? (between - within) / total : nil
    }
}

/// Tests whether two arms have the same rate when trials come in documents, by the ratio estimators' difference.
///
/// t = (p₁ − p₀)/√(v₁ + v₀) against Student's t with D₁ + D₀ − 2 degrees of freedom. A large-sample approximation; with
/// fewer than about 15 documents per arm prefer ``documentPermutationTest(suspect:control:strata:studentized:alternative:resamples:seed:)``.
///
/// - Parameters:
///   - suspect: The hits and trials of every suspect document, at least two documents.
///   - control: The hits and trials of every control document, at least two documents.
///   - alternative: The departure to look for.
/// - Returns: The asymptotic result; its statistic is t. When no document of either arm differs from its arm's rate and
///   the rates agree, p = 1.
/// - Throws: ``StatisticsError/undefined(quantity:reason:)`` when the variance is 0 although the rates differ.
public func clusterRateTest(
    suspect: [Proportion], control: [Proportion], alternative: Alternative = .greater
) throws(StatisticsError) -> TestResult {
    let (first, second) = (try RatioEstimate(suspect), try RatioEstimate(control))
    let difference = first.rate - second.rate
    let error = (first.variance + second.variance).squareRoot()
    let smaller = min(suspect.count, control.count)
    var result = TestResult(
        method: "cluster-robust t test of rates", alternative: alternative, pValue: .certain, exactness: .asymptotic,
        sampleSizes: [Int64(suspect.count), Int64(control.count)],
        warnings: smaller < 15 ? [.fewUnits(count: smaller, recommended: 15)] : [])
    guard error > 0 else {
        if difference != 0 {
            throw .undefined(quantity: "cluster t statistic", reason: "no document differs from its arm's rate")
        }
        result.warnings.append(.noVariation)
        return result
    }
    let t = difference / error
    let freedom = Double(suspect.count + control.count - 2)
    result.statistic = t
    switch alternative {
    case .greater:
        result.pValue = LogProbability(clamped: try StudentTDistribution.logUpperTail(t, degreesOfFreedom: freedom))
    case .less:
        result.pValue = LogProbability(clamped: try StudentTDistribution.logUpperTail(-t, degreesOfFreedom: freedom))
    case .twoSided:
        let tail = try StudentTDistribution.logUpperTail(abs(t), degreesOfFreedom: freedom)
        result.pValue = LogProbability(clamped: tail + 0.693_147_180_559_945_3)
    }
    return result
}

/// The difference of two arms' rates when trials come in documents, with its t interval.
///
/// p₁ − p₀ ± t·√(v₁ + v₀), D₁ + D₀ − 2 degrees of freedom, cut to −1 … 1. Degenerate when no document differs from its
/// arm's rate, for example at 0/n in both arms.
///
/// - Throws: ``StatisticsError`` for fewer than two documents in an arm or `alpha` not strictly between 0 and 1.
public func clusterRateDifference(
    suspect: [Proportion], control: [Proportion], alpha: Double = 0.05
) throws(StatisticsError) -> EffectEstimate {
    try Require.openUnit(alpha, "alpha")
    let (first, second) = (try RatioEstimate(suspect), try RatioEstimate(control))
    let difference = first.rate - second.rate
    let quantile = try StudentTDistribution.upperQuantile(
        logTail: .log(alpha / 2), degreesOfFreedom: Double(suspect.count + control.count - 2))
    let reach = quantile * (first.variance + second.variance).squareRoot()
    return EffectEstimate(
        estimate: difference,
        interval: ConfidenceInterval(
            lower: max(-1, difference - reach), upper: min(1, difference + reach), confidence: 1 - alpha,
            method: .clusterRatio))
}
