import RealModule

/// Tests whether the arms have the same odds in every stratum, exactly, given all margins.
///
/// P(S ≥ s) where S, the suspect hits of all strata together, is a sum of independent hypergeometrics; two-sided p-values
/// add all sums at most as probable as the observed one (Mantel and Haenszel, 1959; Mehta, Patel and Gray, 1985). With
/// one stratum it is Fisher's test. Strata without variation add nothing; if there are no others, p = 1.
///
/// - Parameters:
///   - strata: One table per stratum, at least one; units are independent within and between strata. A stratum with
///     units of one arm only says nothing and is to be left out.
///   - alternative: The departure to look for, in the same direction in every stratum.
/// - Returns: The result, exact given the margins; its statistic is the Mantel–Haenszel odds ratio where it is finite.
///   When the convolution would take more than 4·10⁹ steps, the result is that of
///   ``cochranMantelHaenszel(_:alternative:continuityCorrection:)`` and says so.
/// - Throws: ``StatisticsError/sampleTooSmall(name:count:minimum:)`` without strata.
/// - Complexity: O(strata × width²), where width is about 24 standard deviations of a stratum's hits.
public func cochranMantelHaenszelExact(
    _ strata: [Table2x2], alternative: Alternative = .greater
) throws(StatisticsError) -> TestResult {
    guard !strata.isEmpty else { throw .sampleTooSmall(name: "strata", count: 0, minimum: 1) }
    let conditional = ConditionalStrata(strata)
    do {
        try conditional.requireManageableSize()
    } catch {
        var result = try cochranMantelHaenszel(strata, alternative: alternative)
        result.warnings.append(
            .replacedMethod(
                requested: "exact Cochran–Mantel–Haenszel test", reason: "the strata are too large to be convolved"))
        return result
    }
    let ln: Double
    switch alternative {
    case .greater: ln = try conditional.logUpperTail(conditional.observed)
    case .less: ln = try conditional.logLowerTail(conditional.observed)
    case .twoSided: ln = try conditional.logTwoSided()
    }
    let noVariation = conditional.support.lowerBound == conditional.support.upperBound
    return TestResult(
        method: "exact Cochran–Mantel–Haenszel test", alternative: alternative,
        statistic: mantelHaenszelRatio(strata), pValue: LogProbability(clamped: ln), exactness: .exactConditional,
        sampleSizes: armSizes(strata), warnings: noVariation ? [.noVariation] : [])
}

/// Tests whether the arms have the same odds in every stratum, by the large-sample normal approximation.
///
/// z = (Σ(aₖ − Eₖ) ∓ ½) / √ΣVₖ with the hypergeometric means and variances; two-sided p from z², the usual χ² with one
/// degree of freedom (Cochran, 1954; Mantel and Haenszel, 1959). The correction is dropped where it exceeds the
/// difference. Needs ΣVₖ of at least about 5; use the exact test below that.
///
/// - Parameters:
///   - strata: One table per stratum, at least one.
///   - alternative: The departure to look for.
///   - continuityCorrection: Subtract ½ from the difference, which makes the test conservative.
/// - Returns: The asymptotic result; its statistic is z. Without variation in any stratum p = 1.
/// - Throws: ``StatisticsError/sampleTooSmall(name:count:minimum:)`` without strata.
public func cochranMantelHaenszel(
    _ strata: [Table2x2], alternative: Alternative = .greater, continuityCorrection: Bool = true
) throws(StatisticsError) -> TestResult {
    guard !strata.isEmpty else { throw .sampleTooSmall(name: "strata", count: 0, minimum: 1) }
    var difference = CompensatedSum()
    var variance = CompensatedSum()
    for table in strata where table.units > 1 {
        let (n1, n0) = (Double(table.suspect.trials), Double(table.control.trials))
        let (hits, total) = (Double(table.hits), Double(table.units))
        difference.add((Double(table.suspect.hits) * n0 - Double(table.control.hits) * n1) / total)
        variance.add(n1 / total * (n0 / total) * hits * ((total - hits) / (total - 1)))
    }
    guard variance.value > 0 else {
        return TestResult(
            method: "Cochran–Mantel–Haenszel test", alternative: alternative, pValue: .certain, exactness: .asymptotic,
            sampleSizes: armSizes(strata), warnings: [.noVariation])
    }
    let correction = continuityCorrection ? 0.5 : 0
    let deviation = difference.value
    let root = variance.value.squareRoot()
    let z: Double
    switch alternative {
    case .greater: z = (deviation - correction) / root
    case .less: z = (deviation + correction) / root
    case .twoSided: z = abs(deviation) >= correction ? (abs(deviation) - correction) / root : abs(deviation) / root
    }
    let ln: Double
    switch alternative {
    case .greater: ln = NormalDistribution.logUpperTail(z)
    case .less: ln = NormalDistribution.logUpperTail(-z)
    case .twoSided: ln = NormalDistribution.logUpperTail(z) + 0.693_147_180_559_945_3
    }
    return TestResult(
        method: "Cochran–Mantel–Haenszel test", alternative: alternative, statistic: z,
        pValue: LogProbability(clamped: ln), exactness: .asymptotic, sampleSizes: armSizes(strata),
        warnings: variance.value < 5 ? [.levelNotGuaranteed] : [])
}

private func armSizes(_ strata: [Table2x2]) -> [Int64] {
    [strata.reduce(0) { $0 + $1.suspect.trials }, strata.reduce(0) { $0 + $1.control.trials }]
}
