import RealModule

/// The score interval of one rate (Wilson, 1927): covers about as often as stated, and never leaves 0 … 1.
///
/// The rates p with |p̂ − p| ≤ z √(p(1−p)/n). Exactly 0 below at 0/n, where the upper end is z²/(n+z²), and exactly 1
/// above at n/n. For display; use ``clopperPearson(_:alpha:)`` where the coverage must be guaranteed.
///
/// - Parameters:
///   - proportion: The hits and trials; the trials must be independent.
///   - alpha: The probability left outside, half of it on each side; strictly between 0 and 1.
/// - Throws: ``StatisticsError/outOfRange(name:value:requirement:)`` for `alpha` outside its range.
public func wilson(_ proportion: Proportion, alpha: Double = 0.05) throws(StatisticsError) -> ConfidenceInterval {
    try Require.openUnit(alpha, "alpha")
    let z = NormalDistribution.upperQuantile(logTail: .log(alpha / 2))
    let n = Double(proportion.trials)
    let (hits, misses) = (Double(proportion.hits), Double(proportion.misses))
    let square = z * z
    let root = z * (hits * misses / n + square / 4).squareRoot()
    // The two ends are roots of one quadratic whose product is k²/(n(n+z²)): the small one comes from the product, so
    // that it keeps its digits when k is far below n.
    let farFromZero = (hits + square / 2 + root) / (n + square)
    let farFromOne = (misses + square / 2 + root) / (n + square)
    let lower = hits / n * (hits / (n + square)) / farFromZero
    let upperGap = misses / n * (misses / (n + square)) / farFromOne
    let upper = proportion.misses == 0 ? 1 : hits < misses ? farFromZero : 1 - upperGap
    return ConfidenceInterval(
        // At levels near 0 the ends differ by less than rounding.
        lower: min(lower, upper), upper: upper, confidence: 1 - alpha, method: .wilson)
}
