import RealModule

/// The interval of one rate that may be read after every trial (Robbins, 1970): all rates p whose mixture likelihood
/// ratio B(a+k, b+n−k) / (B(a,b) pᵏ(1−p)ⁿ⁻ᵏ) is below 1/α.
///
/// Covers at all sample sizes together with at least the stated confidence, so it is wider than
/// ``clopperPearson(_:alpha:)``. The lower end is 0 at 0/n and the upper end 1 at n/n.
///
/// - Parameters:
///   - proportion: The hits and trials so far.
///   - alpha: The probability that the interval ever misses the rate; strictly between 0 and 1.
///   - hitPrior: The mixture's pseudo-hits a, above 0.
///   - missPrior: The mixture's pseudo-misses b, above 0.
/// - Throws: ``StatisticsError/outOfRange(name:value:requirement:)`` for `alpha` or priors out of range.
public func betaBinomialSequence(
    _ proportion: Proportion, alpha: Double = 0.05, hitPrior: Double = 1, missPrior: Double = 1
) throws(StatisticsError) -> ConfidenceInterval {
    try Require.openUnit(alpha, "alpha")
    try Require.positive(hitPrior, "hit prior")
    try Require.positive(missPrior, "miss prior")
    let (k, f) = (Double(proportion.hits), Double(proportion.misses))
    let rate = proportion.rate
    // ln of the ratio is its value at the maximum likelihood rate plus the deviance from there.
    let atRate =
        logBeta(hitPrior + k, missPrior + f) - logBeta(hitPrior, missPrior)
        - (k > 0 ? k * .log(rate) : 0) - (f > 0 ? f * .log(f / (k + f)) : 0)
    let room = -Double.log(alpha) - atRate
    func deviance(_ p: Double) -> Double {
        let deviation = k * (1 - p) - f * p
        let total = k + f
        return devianceTerm(observed: k, expected: total * p, deviation: deviation)
            + devianceTerm(observed: f, expected: total * (1 - p), deviation: -deviation)
    }
    func end(towards limit: Double) -> Double {
        var (inside, outside) = (rate, limit)
        for _ in 0..<1100 {
            let middle = 0.5 * (inside + outside)
            if middle == inside || middle == outside { break }
            if deviance(middle) < room { inside = middle } else { outside = middle }
        }
        return outside
    }
    return ConfidenceInterval(
        lower: proportion.hits == 0 ? 0 : end(towards: 0), upper: proportion.misses == 0 ? 1 : end(towards: 1),
        confidence: 1 - alpha, method: .betaBinomialMixture)
}

/// ln B(a, b), from the prefactor of the incomplete beta function at one half.
func logBeta(_ a: Double, _ b: Double) -> Double {
    -0.693_147_180_559_945_3 * (a + b) - IncompleteBeta.logPrefactor(x: 0.5, y: 0.5, a: a, b: b)
}
