import RealModule

/// The odds ratio common to all strata by Mantel and Haenszel, with the interval of Robins, Breslow and Greenland (1986).
///
/// Σ(ad/n) / Σ(bc/n); the variance of its logarithm is consistent both for few large and for many sparse strata. With
/// no hits in one arm the estimate is 0 or ∞ and the interval is unbounded on both sides: use
/// ``conditionalOddsRatio(_:alpha:)`` for a one-sided bound.
///
/// - Parameters:
///   - strata: One table per stratum, at least one.
///   - alpha: The probability left outside, half of it on each side; strictly between 0 and 1.
/// - Throws: ``StatisticsError/undefined(quantity:reason:)`` when both sums are zero; other cases for bad input.
public func mantelHaenszelOddsRatio(
    _ strata: [Table2x2], alpha: Double = 0.05
) throws(StatisticsError) -> EffectEstimate {
    try Require.openUnit(alpha, "alpha")
    guard !strata.isEmpty else { throw .sampleTooSmall(name: "strata", count: 0, minimum: 1) }
    var (r, s, pr, mixed, qs) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for table in strata {
        let terms = MantelHaenszelTerms(table)
        r += terms.r
        s += terms.s
        pr += terms.p * terms.r
        mixed += terms.p * terms.s + terms.q * terms.r
        qs += terms.q * terms.s
    }
    guard r > 0 || s > 0 else {
        throw .undefined(quantity: "odds ratio", reason: "no stratum has both a hit and a miss")
    }
    guard r > 0, s > 0 else {
        return EffectEstimate(
            estimate: r > 0 ? .infinity : 0,
            interval: ConfidenceInterval(
                lower: 0, upper: .infinity, confidence: 1 - alpha, method: .robinsBreslowGreenland))
    }
    let error = (0.5 * (pr / (r * r) + mixed / (r * s) + qs / (s * s))).squareRoot()
    let reach = NormalDistribution.upperQuantile(logTail: .log(alpha / 2)) * error
    return EffectEstimate(
        estimate: r / s,
        interval: ConfidenceInterval(
            lower: r / s * .exp(-reach), upper: r / s * .exp(reach), confidence: 1 - alpha,
            method: .robinsBreslowGreenland))
}

/// The Mantel–Haenszel odds ratio, or `nil` where it is not a finite number.
func mantelHaenszelRatio(_ strata: [Table2x2]) -> Double? {
    let terms = strata.map(MantelHaenszelTerms.init)
    let ratio = terms.reduce(0) { $0 + $1.r } / terms.reduce(0) { $0 + $1.s }
    return ratio.isFinite ? ratio : nil
}

/// One stratum's share in the estimator: R = ad/n, S = bc/n, P = (a+d)/n, Q = (b+c)/n.
private struct MantelHaenszelTerms {
    let r: Double
    let s: Double
    let p: Double
    let q: Double

    init(_ table: Table2x2) {
        let (a, b) = (Double(table.suspect.hits), Double(table.suspect.misses))
        let (c, d) = (Double(table.control.hits), Double(table.control.misses))
        let n = Double(table.units)
        (r, s, p, q) = (a * (d / n), b * (c / n), (a + d) / n, (b + c) / n)
    }
}

/// The conditional maximum likelihood estimate of the odds ratio common to all strata, with its exact interval.
///
/// The estimate makes the conditional mean of the suspect hits equal to their observed number; the interval's ends put
/// α/2 in each conditional tail (Cornfield, 1956). It covers with at least the stated confidence. When the suspect hits
/// are as few as the margins allow, the estimate and the lower end are 0; when as many, the estimate and the upper end
/// are ∞, and the other end is a one-sided bound at α/2.
///
/// - Parameters:
///   - strata: One table per stratum, at least one.
///   - alpha: The probability left outside, half of it on each side; strictly between 0 and 1.
/// - Throws: ``StatisticsError/undefined(quantity:reason:)`` when the margins leave only one arrangement;
///   ``StatisticsError/outOfRange(name:value:requirement:)`` for a bad `alpha` or strata too large to convolve.
public func conditionalOddsRatio(
    _ strata: [Table2x2], alpha: Double = 0.05
) throws(StatisticsError) -> EffectEstimate {
    try Require.openUnit(alpha, "alpha")
    guard !strata.isEmpty else { throw .sampleTooSmall(name: "strata", count: 0, minimum: 1) }
    let conditional = ConditionalStrata(strata)
    try conditional.requireManageableSize()
    let k = conditional.observed
    guard conditional.support.lowerBound < conditional.support.upperBound else {
        throw .undefined(quantity: "odds ratio", reason: "the margins leave only one arrangement of the tables")
    }
    let isLowest = k == conditional.support.lowerBound
    let isHighest = k == conditional.support.upperBound
    let estimate = isLowest ? 0 : isHighest ? .infinity : Double.exp(try conditional.logOdds(meanAt: k))
    let view = try conditional.view(centredOn: k)
    let target = Double.log(alpha / 2)

    /// Newton's method on ln P(S ≥ k) or ln P(S ≤ k), concave in the log odds ratio.
    func end(isLower: Bool) throws(StatisticsError) -> Double {
        var logOdds = try conditional.logOdds(meanAt: k, offset: isHighest ? 0.5 : isLowest ? -0.5 : 0)
        for _ in 0..<200 {
            let moments = conditional.moments(logOdds: logOdds)
            let tail = isLower ? view.upward(from: k, shift: logOdds) : view.downward(from: k, shift: logOdds)
            let log = tail.log - moments.logNormaliser(from: k, logOdds: logOdds)
            let slope = tail.mean - moments.mean(from: k)
            let step = max(-3, min(3, (target - log) / slope))
            logOdds += step
            if abs(target - log) < 1e-8, abs(step) < 1e-6 { return .exp(logOdds) }
        }
        throw .noConvergence(function: "odds ratio interval", arguments: [Double(k), alpha])
    }

    return EffectEstimate(
        estimate: estimate,
        interval: ConfidenceInterval(
            lower: isLowest ? 0 : try end(isLower: true), upper: isHighest ? .infinity : try end(isLower: false),
            confidence: 1 - alpha, method: .conditionalExact))
}
