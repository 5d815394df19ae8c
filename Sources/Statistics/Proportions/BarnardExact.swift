import RealModule

/// Tests whether the arms have the same rate with only the arms' sizes fixed, ordering tables by the pooled z statistic
/// (Barnard, 1945; Suissa and Shuster, 1985).
///
/// supₚ P(Z ≥ z) when both arms have rate p, with Z = (p̂₁ − p̂₀)/√(p̂(1−p̂)(1/n₁+1/n₀)); two-sided |Z|. Often more powerful
/// than ``boschlooExact(_:alternative:nuisance:)`` for equal arms, less for unequal ones: choose one beforehand. The
/// supremum is a proven upper bound (see `NuisanceSupremum`), for tiny p-values up to some per cent above the largest
/// value found. With no hits, or nothing but hits, in both arms Z is 0 and p = 1.
///
/// - Parameters:
///   - table: Hits and misses of both arms. Above ``largestUnconditionalUnits`` units the result is that of
///     ``fisherExact(_:alternative:)`` and says so in `method` and `warnings`.
///   - alternative: The departure to look for.
/// - Returns: The result; its statistic is the observed z.
/// - Complexity: O(n₁ n₀).
public func barnardExact(_ table: Table2x2, alternative: Alternative = .greater) -> TestResult {
    guard table.units <= largestUnconditionalUnits else {
        var result = fisherExact(table, alternative: alternative)
        result.warnings.append(
            .replacedMethod(
                requested: "Barnard exact test",
                reason: "\(table.units) units in both arms together are more than \(largestUnconditionalUnits)"))
        return result
    }
    // Two arms swapped turn "less" into "greater".
    let oriented = alternative == .less ? table.swapped : table
    let (n1, n0) = (oriented.suspect.trials, oriented.control.trials)
    let observed = pooledScore(oriented.suspect.hits, n1, oriented.control.hits, n0)
    let value = alternative == .twoSided ? abs(observed) : observed
    // Tables whose scores differ by rounding only are ties.
    let region = ScoreRegion(
        n1: n1, n0: n0, cut: value - 1e-9 * max(1, abs(value)), isTwoSided: alternative == .twoSided)
    let weights = (0...oriented.units).map { region.logProbability(total: $0) }
    let ln = NuisanceSupremum(logWeights: weights).logUpperBound(over: 0...1)
    return TestResult(
        method: "Barnard exact test", alternative: alternative, statistic: alternative == .less ? -observed : observed,
        pValue: LogProbability(clamped: ln), exactness: .exact,
        sampleSizes: [table.suspect.trials, table.control.trials],
        warnings: table.hits == 0 || table.hits == table.units ? [.noVariation] : [])
}

/// The tables whose pooled score, or its magnitude, is at least a cut.
private struct ScoreRegion {
    let n1: Int64
    let n0: Int64
    let cut: Double
    let isTwoSided: Bool

    /// ln P(the region | hits in both arms together); for a fixed total the score rises with the suspect hits.
    func logProbability(total: Int64) -> Double {
        if isTwoSided, cut <= 0 { return 0 }
        let conditional = HypergeometricDistribution(drawn: n1, marked: total, population: n1 + n0)
        let support = conditional.support
        func score(_ k: Int64) -> Double { pooledScore(k, n1, total - k, n0) }
        var above = -Double.infinity
        if score(support.upperBound) >= cut {
            var (outside, inside) = (support.lowerBound - 1, support.upperBound)
            while inside - outside > 1 {
                let middle = outside + (inside - outside) / 2
                if score(middle) >= cut { inside = middle } else { outside = middle }
            }
            above = conditional.logUpperTail(inside)
        }
        guard isTwoSided, -score(support.lowerBound) >= cut else { return above }
        var (inside, outside) = (support.lowerBound, support.upperBound + 1)
        while outside - inside > 1 {
            let middle = inside + (outside - inside) / 2
            if -score(middle) >= cut { inside = middle } else { outside = middle }
        }
        return min(0, logAddExp(above, conditional.logLowerTail(inside)))
    }
}

/// The difference of rates in standard errors of the pooled rate; 0 where all units agree.
private func pooledScore(_ x1: Int64, _ n1: Int64, _ x0: Int64, _ n0: Int64) -> Double {
    let hits = Double(x1 + x0)
    let total = Double(n1 + n0)
    if hits == 0 || hits == total { return 0 }
    let difference = Double(x1) / Double(n1) - Double(x0) / Double(n0)
    return difference / (hits / total * ((total - hits) / total) * (total / Double(n1) / Double(n0))).squareRoot()
}
