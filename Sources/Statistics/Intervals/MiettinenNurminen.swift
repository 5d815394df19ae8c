import RealModule

/// The score interval of a difference of rates, suspect − control (Miettinen and Nurminen, 1985).
///
/// All differences δ whose score statistic, with the variance at the maximum likelihood rates p₁ − p₀ = δ times N/(N−1),
/// is within the normal quantile. Covers about as often as stated, also for small and unequal arms. Never degenerate:
/// at 0/n against 0/m it still has width of order 1/n.
///
/// - Parameters:
///   - table: Hits and trials of both arms; the arms and the units must be independent.
///   - alpha: The probability left outside, half of it on each side; strictly between 0 and 1.
/// - Throws: ``StatisticsError/outOfRange(name:value:requirement:)`` for `alpha` outside its range.
/// - Complexity: About 60 × 60 evaluations of the score.
public func miettinenNurminen(_ table: Table2x2, alpha: Double = 0.05) throws(StatisticsError) -> ConfidenceInterval {
    try Require.openUnit(alpha, "alpha")
    let z = NormalDistribution.upperQuantile(logTail: .log(alpha / 2))
    return ConfidenceInterval(
        lower: scoreBound(table, z: z), upper: scoreBound(table, z: -z), confidence: 1 - alpha,
        method: .miettinenNurminen)
}

/// The one-sided upper score bound of the difference suspect − control: what a claim of non-superiority rests on.
///
/// - Throws: ``StatisticsError/outOfRange(name:value:requirement:)`` unless `alpha` is strictly between 0 and 1.
public func miettinenNurminenUpperBound(_ table: Table2x2, alpha: Double = 0.05) throws(StatisticsError) -> Double {
    try Require.openUnit(alpha, "alpha")
    return scoreBound(table, z: -NormalDistribution.upperQuantile(logTail: .log(alpha)))
}

/// The difference whose score statistic is `z`; the statistic falls as the difference grows.
private func scoreBound(_ table: Table2x2, z: Double) -> Double {
    var (low, high) = (-1.0, 1.0)
    for _ in 0..<70 {
        let middle = 0.5 * (low + high)
        if middle <= low || middle >= high { break }
        if RestrictedRates.score(table, difference: middle) > z { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
}
