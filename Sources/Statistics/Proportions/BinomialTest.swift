import RealModule

/// Tests whether independent trials hit with a given rate.
///
/// P(X ≥ k) for ``Alternative/greater``; the two-sided p-value adds all counts at most as probable as the observed one,
/// with a relative tolerance of 10⁻⁷ for ties. At 0/n the upper tail is 1 and the lower (1 − rate)ⁿ; at n/n the other
/// way round. At rate 0 or 1 the outcome is certain: p is 1 for the certain counts and 0 for the others.
///
/// - Parameters:
///   - proportion: The hits and trials.
///   - rate: The rate under the null hypothesis, between 0 and 1.
///   - alternative: The departure to look for.
/// - Returns: The exact result; its statistic is the observed rate.
/// - Throws: ``StatisticsError/outOfRange(name:value:requirement:)`` for a rate outside 0 … 1.
/// - Complexity: O(√trials) at worst.
public func binomialTest(
    _ proportion: Proportion, rate: Double, alternative: Alternative = .greater
) throws(StatisticsError) -> TestResult {
    try Require.closedUnit(rate, "rate")
    let k = proportion.hits
    let ln: Double
    if rate == 0 || rate == 1 {
        let certain = rate == 0 ? 0 : proportion.trials
        switch alternative {
        case .greater: ln = k <= certain ? 0 : -.infinity
        case .less: ln = k >= certain ? 0 : -.infinity
        case .twoSided: ln = k == certain ? 0 : -.infinity
        }
    } else {
        let distribution = BinomialDistribution(trials: proportion.trials, probability: rate)
        switch alternative {
        case .greater: ln = distribution.logUpperTail(k)
        case .less: ln = distribution.logLowerTail(k)
        case .twoSided: ln = distribution.logTwoSided(k, tieTolerance: tieTolerance)
        }
    }
    return TestResult(
        method: "exact binomial test", alternative: alternative, statistic: proportion.rate,
        pValue: LogProbability(clamped: ln), exactness: .exact, sampleSizes: [proportion.trials])
}
