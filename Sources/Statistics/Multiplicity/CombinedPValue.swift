import RealModule

/// How several p-values for one null hypothesis become one.
public enum CombinationRule: String, Codable, Sendable, Hashable, CaseIterable {
    /// −2Σ ln p against χ² with 2K degrees of freedom (Fisher, 1932). Needs independence.
    case fisher
    /// Σ Φ⁻¹(1−p)/√K against the normal distribution (Stouffer, 1949). Needs independence.
    case stouffer
    /// The mean of tan(π(½−p)) against the Cauchy distribution (Liu and Xie, 2020). Close for small p under dependence.
    case cauchy
    /// K·min p (Bonferroni). Any dependence.
    case bonferroni
    /// Twice the arithmetic mean (Rüschendorf, 1982; Vovk and Wang, 2020). Any dependence.
    case twiceMean
    /// Twice the median, for p-values of repeated random splits (Rüger, 1978). Any dependence.
    case twiceMedian
    /// e times the geometric mean (Vovk and Wang, 2020). Any dependence.
    case geometricMean
    /// e·ln K times the harmonic mean (Vovk and Wang, 2020). Any dependence, from two p-values on.
    case harmonicMean

    /// Whether the rule bounds the error only for independent p-values.
    public var needsIndependence: Bool { self == .fisher || self == .stouffer }
}

/// Combines p-values for one null hypothesis, in logarithms.
///
/// A p-value of 0 gives 0 under every rule but the means and the median, where it counts as 0. A single p-value is
/// returned unchanged. Never combine repeated splits by the smallest or by 1 − Π(1−p).
///
/// - Parameters:
///   - pValues: At least one p-value.
///   - rule: The rule, chosen before seeing the p-values.
/// - Returns: The combined p-value, at most 1.
/// - Throws: ``StatisticsError/sampleTooSmall(name:count:minimum:)`` for an empty list.
public func combinedPValue(_ pValues: [LogProbability], rule: CombinationRule) throws(StatisticsError) -> LogProbability
{
    guard let first = pValues.first else { throw .sampleTooSmall(name: "p-values", count: 0, minimum: 1) }
    if pValues.count == 1 { return first }
    let lns = pValues.map(\.ln).sorted()
    let count = Double(lns.count)
    let logTwo = 0.693_147_180_559_945_3
    let ln: Double
    switch rule {
    case .fisher:
        if lns[0] == -.infinity { return .impossible }
        ln = try ChiSquareDistribution.logUpperTail(-2 * lns.compensatedSum, degreesOfFreedom: 2 * count)
    case .stouffer:
        ln = stouffer(lns)
    case .cauchy:
        ln = cauchy(lns)
    case .bonferroni:
        ln = .log(count) + lns[0]
    case .twiceMean:
        ln = logTwo + logSumExp(lns) - .log(count)
    case .twiceMedian:
        // With k = ⌊K/2⌋ + 1 Rüger's bound (K/k)·p₍ₖ₎ is below 2·p₍ₖ₎.
        ln = logTwo + lns[lns.count / 2]
    case .geometricMean:
        ln = 1 + (lns[0] == -.infinity ? -.infinity : lns.compensatedSum / count)
    case .harmonicMean:
        let harmonic = lns[0] == -.infinity ? -.infinity : .log(count) - logSumExp(lns.map { -$0 })
        // e·ln K bounds the constant only from K = 3 on; for two p-values the exact constant is 2.
        ln = harmonic + (lns.count == 2 ? logTwo : 1 + .log(.log(count)))
    }
    return LogProbability(clamped: ln)
}

private func stouffer(_ sorted: [Double]) -> Double {
    if sorted[0] == -.infinity { return sorted[sorted.count - 1] == 0 ? 0 : -.infinity }
    if sorted[sorted.count - 1] == 0 { return 0 }
    let sum = sorted.map { NormalDistribution.upperQuantile(logTail: $0) }.compensatedSum
    return NormalDistribution.logUpperTail(sum / Double(sorted.count).squareRoot())
}

/// ln of the Cauchy tail of the mean of tan(π(½ − p)), with 1/(πp) for p below 10⁻¹⁵ and p kept off 1.
private func cauchy(_ sorted: [Double]) -> Double {
    if sorted[0] == -.infinity || sorted[0] == 0 { return sorted[0] }
    let count = Double(sorted.count)
    let logPi = 1.144_729_885_849_400_2
    // Relative to the largest term's logarithm, so that tiny p-values do not overflow.
    let scale = max(0, -sorted[0] - logPi)
    var sum = CompensatedSum()
    for ln in sorted {
        if ln < -34.5 {
            sum.add(.exp(-ln - logPi - scale))
        } else {
            let p = min(.exp(ln), 1 - 1e-15)
            sum.add(.exp(-scale) * .cos(.pi * p) / .sin(.pi * p))
        }
    }
    let mean = sum.value / count
    // For a large statistic T the tail ½ − arctan(T)/π is arctan(1/T)/π.
    if mean > 0, scale > 30 { return -(.log(mean) + scale) - logPi }
    let statistic = mean * .exp(scale)
    return .log(statistic > 1 ? .atan(1 / statistic) / .pi : 0.5 - .atan(statistic) / .pi)
}

/// Turns a p-value into an e-value: ln(k·p^(k−1)) with 0 < k < 1 (Vovk and Wang, 2021).
///
/// E-values of dependent tests may be averaged, those of independent ones multiplied. At k = ½ a p-value of 0.01 is worth
/// 5; p = 0 gives +∞ evidence and is refused, since no finite experiment can support it.
///
/// - Throws: ``StatisticsError/outOfRange(name:value:requirement:)`` for p = 0 or k outside its range.
public func calibratedLogEvidence(_ pValue: LogProbability, exponent k: Double = 0.5) throws(StatisticsError) -> Double
{
    try Require.openUnit(k, "exponent")
    guard pValue.ln > -.infinity else {
        throw .outOfRange(name: "p-value", value: 0, requirement: "above 0")
    }
    return .log(k) + (k - 1) * pValue.ln
}
