import RealModule

/// The common rates over which an unconditional test takes its supremum.
public enum NuisanceRange: Codable, Sendable, Hashable {
    /// All rates from 0 to 1. The p-value may be arbitrarily small.
    case whole
    /// The rates in a 1 − beta exact interval of the pooled rate, with beta added to the p-value (Berger and Boos, 1994).
    ///
    /// Ignores rates the data exclude, at the price that no p-value is below beta. Choose before seeing the data.
    case bergerBoos(beta: Double)
}

/// The largest number of units in both arms together for which unconditional tests are computed.
public let largestUnconditionalUnits: Int64 = 4000

/// Tests whether the arms have the same rate with only the arms' sizes fixed (Boschloo, 1970): always at least as
/// powerful as Fisher's test, at the same guaranteed level.
///
/// supₚ P(Fisher's p-value ≤ the observed one) when both arms have rate p; the two-sided test orders tables by Fisher's
/// two-sided p-value. The supremum is a proven upper bound within 10⁻¹² of the largest value found (see
/// `NuisanceSupremum`). Needs independent units and arm sizes fixed in advance. With no hits, or nothing but hits, in
/// both arms p = 1.
///
/// - Parameters:
///   - table: Hits and misses of both arms. Above ``largestUnconditionalUnits`` units the result is that of
///     ``fisherExact(_:alternative:)`` and says so in `method` and `warnings`.
///   - alternative: The departure to look for.
///   - nuisance: The common rates to consider.
/// - Returns: The result; its statistic is Fisher's p-value.
/// - Throws: ``StatisticsError/outOfRange(name:value:requirement:)`` when a Berger–Boos beta is not in 0 … 1.
/// - Complexity: O(N) Fisher p-values and about 1000 sums over the N + 1 totals.
public func boschlooExact(
    _ table: Table2x2, alternative: Alternative = .greater, nuisance: NuisanceRange = .whole
) throws(StatisticsError) -> TestResult {
    let fisher = fisherExact(table, alternative: alternative)
    guard table.units <= largestUnconditionalUnits else {
        var result = fisher
        result.warnings.append(
            .replacedMethod(
                requested: "Boschloo exact test",
                reason: "\(table.units) units in both arms together are more than \(largestUnconditionalUnits)"))
        return result
    }
    // Two arms swapped turn "less" into "greater".
    let oriented = alternative == .less ? table.swapped : table
    let limit = fisher.pValue.ln + .log(onePlus: tieTolerance)
    let weights =
        alternative == .twoSided
        ? twoSidedRegion(oriented, limit: limit) : upperRegion(oriented, limit: limit)
    let supremum = NuisanceSupremum(logWeights: weights)
    var ln: Double
    switch nuisance {
    case .whole:
        ln = supremum.logUpperBound(over: 0...1)
    case .bergerBoos(let beta):
        try Require.openUnit(beta, "beta")
        let pooled = try clopperPearson(Proportion(hits: table.hits, trials: table.units), alpha: beta)
        ln = logAddExp(supremum.logUpperBound(over: pooled.lower...pooled.upper), .log(beta))
    }
    if case .whole = nuisance { ln = min(ln, fisher.pValue.ln) }
    return TestResult(
        method: "Boschloo exact test", alternative: alternative, statistic: fisher.pValue.value,
        pValue: LogProbability(clamped: ln), exactness: .exact, sampleSizes: fisher.sampleSizes,
        warnings: fisher.warnings)
}

/// ln P(Fisher's one-sided p ≤ limit | s hits in all) for every s: the largest attainable upper tail within the limit.
private func upperRegion(_ table: Table2x2, limit: Double) -> [Double] {
    var weights: [Double] = []
    weights.reserveCapacity(Int(table.units) + 1)
    var edge: Int64 = 0
    for total in 0...table.units {
        let conditional = HypergeometricDistribution(
            drawn: table.suspect.trials, marked: total, population: table.units)
        edge = max(edge, conditional.support.lowerBound)
        // One more hit in all raises every tail, so the edge never moves back.
        var tail = conditional.logUpperTail(edge)
        while tail > limit, edge <= conditional.support.upperBound {
            edge += 1
            tail = conditional.logUpperTail(edge)
        }
        weights.append(tail)
    }
    return weights
}

/// ln P(Fisher's two-sided p ≤ limit | s hits in all) for every s.
private func twoSidedRegion(_ table: Table2x2, limit: Double) -> [Double] {
    (0...table.units).map { total in
        let conditional = HypergeometricDistribution(
            drawn: table.suspect.trials, marked: total, population: table.units)
        func isInside(_ k: Int64) -> Bool { conditional.logTwoSided(k, tieTolerance: tieTolerance) <= limit }
        if isInside(conditional.mode) { return 0 }
        // Two-sided p-values fall away from the mode on either side: bisect for the two edges.
        var below = -Double.infinity
        if isInside(conditional.support.lowerBound) {
            var (inside, outside) = (conditional.support.lowerBound, conditional.mode)
            while outside - inside > 1 {
                let middle = inside + (outside - inside) / 2
                if isInside(middle) { inside = middle } else { outside = middle }
            }
            below = conditional.logLowerTail(inside)
        }
        var above = -Double.infinity
        if isInside(conditional.support.upperBound) {
            var (outside, inside) = (conditional.mode, conditional.support.upperBound)
            while inside - outside > 1 {
                let middle = outside + (inside - outside) / 2
                if isInside(middle) { inside = middle } else { outside = middle }
            }
            above = conditional.logUpperTail(inside)
        }
        return logAddExp(below, above)
    }
}
