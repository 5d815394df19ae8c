import RealModule

/// The equal-tailed interval of one rate under Jeffreys' prior: quantiles of Beta(k + ½, n − k + ½).
///
/// Covers about as often as stated. Exactly 0 below at 0/n and exactly 1 above at n/n (Brown, Cai and DasGupta, 2001).
///
/// - Parameters:
///   - proportion: The hits and trials; the trials must be independent.
///   - alpha: The probability left outside, half of it on each side; strictly between 0 and 1.
/// - Throws: ``StatisticsError/outOfRange(name:value:requirement:)`` for `alpha` outside its range.
public func jeffreys(_ proportion: Proportion, alpha: Double = 0.05) throws(StatisticsError) -> ConfidenceInterval {
    try Require.openUnit(alpha, "alpha")
    let (a, b) = (Double(proportion.hits) + 0.5, Double(proportion.misses) + 0.5)
    let tail = Double.log(alpha / 2)
    return ConfidenceInterval(
        lower: proportion.hits == 0 ? 0 : try BetaQuantile(logLower: tail, a: a, b: b).x,
        upper: proportion.misses == 0 ? 1 : try BetaQuantile(logLower: tail, a: b, b: a).y,
        confidence: 1 - alpha, method: .jeffreys)
}
