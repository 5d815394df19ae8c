import RealModule

/// The ratio of the suspect to the control rate with its logarithmic interval (Katz and others, 1978).
///
/// exp(ln(p̂₁/p̂₀) ± z √(1/x₁ − 1/n₁ + 1/x₀ − 1/n₀)). Without hits in one arm the logarithm does not exist: ½ is then added
/// to all hits and trials for the interval (Walter, 1975), the estimate is the plain ratio 0 or ∞, and an end that the
/// data cannot bound is 0 or ∞.
///
/// - Parameters:
///   - table: Hits and trials of both arms; the arms and the units must be independent.
///   - alpha: The probability left outside, half of it on each side; strictly between 0 and 1.
/// - Throws: ``StatisticsError/undefined(quantity:reason:)`` without hits in both arms;
///   ``StatisticsError/outOfRange(name:value:requirement:)`` for `alpha` outside its range.
public func rateRatio(_ table: Table2x2, alpha: Double = 0.05) throws(StatisticsError) -> EffectEstimate {
    try Require.openUnit(alpha, "alpha")
    let suspectHit = table.suspect.hits > 0
    let controlHit = table.control.hits > 0
    guard suspectHit || controlHit else {
        throw .undefined(quantity: "rate ratio", reason: "neither arm has a hit")
    }
    let shift = suspectHit && controlHit ? 0 : 0.5
    let (x1, n1) = (Double(table.suspect.hits) + shift, Double(table.suspect.trials) + shift)
    let (x0, n0) = (Double(table.control.hits) + shift, Double(table.control.trials) + shift)
    let ratio = x1 / n1 / (x0 / n0)
    let error = max(0, 1 / x1 - 1 / n1 + 1 / x0 - 1 / n0).squareRoot()
    let reach = NormalDistribution.upperQuantile(logTail: .log(alpha / 2)) * error
    return EffectEstimate(
        estimate: controlHit ? table.suspect.rate / table.control.rate : .infinity,
        interval: ConfidenceInterval(
            lower: suspectHit ? ratio * .exp(-reach) : 0, upper: controlHit ? ratio * .exp(reach) : .infinity,
            confidence: 1 - alpha, method: .katz))
}
