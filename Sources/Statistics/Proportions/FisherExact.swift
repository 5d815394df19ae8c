import RealModule

/// The relative difference below which two tables count as equally probable in two-sided exact tests.
///
/// Tables that are exactly tied in rational arithmetic come out a few units in the last place apart in floating point;
/// R and SciPy use the same factor.
let tieTolerance = 1e-7

/// Tests whether the arms have the same rate, given the margins of the table (Fisher, 1935).
///
/// P(A ≥ a) for ``Alternative/greater``, where A is hypergeometric; two-sided p-values add all tables at most as probable
/// as the observed one, with a relative tolerance of 10⁻⁷ for ties. Needs independent units and, for a claim of cause,
/// random assignment to arms. Conservative: its actual level is below the nominal one. Without hits, or with nothing
/// but hits, in both arms p = 1; 0/n against 0/m is no evidence, not evidence of absence.
///
/// - Parameters:
///   - table: Hits and misses of both arms, up to 10¹² units each.
///   - alternative: The departure to look for.
/// - Returns: The result, exact given the margins; its statistic is the difference of the two rates.
/// - Complexity: O(√units) at worst, from the observed cell outward.
public func fisherExact(_ table: Table2x2, alternative: Alternative = .greater) -> TestResult {
    let distribution = table.conditional
    let ln: Double
    switch alternative {
    case .greater: ln = distribution.logUpperTail(table.suspect.hits)
    case .less: ln = distribution.logLowerTail(table.suspect.hits)
    case .twoSided: ln = distribution.logTwoSided(table.suspect.hits, tieTolerance: tieTolerance)
    }
    return fisherResult("Fisher exact test", table, alternative, ln, .exactConditional, [])
}

/// Fisher's test with half the probability of the observed table (Lancaster, 1961).
///
/// P(A > a) + ½ P(A = a). Less conservative than ``fisherExact(_:alternative:)``, but its level is only close to the
/// nominal one, not bounded by it, and the result says so. The two-sided form takes half of all tables tied with the
/// observed one.
///
/// - Parameters:
///   - table: Hits and misses of both arms.
///   - alternative: The departure to look for.
/// - Returns: The result with ``TestWarning/levelNotGuaranteed``. A table with only one possible arrangement gives ½.
public func fisherMidP(_ table: Table2x2, alternative: Alternative = .greater) -> TestResult {
    let distribution = table.conditional
    let hits = table.suspect.hits
    let ln: Double
    switch alternative {
    case .greater: ln = distribution.logMidUpperTail(hits)
    case .less: ln = distribution.logMidLowerTail(hits)
    case .twoSided: ln = distribution.logTwoSidedMid(hits, tieTolerance: tieTolerance)
    }
    return fisherResult("Fisher mid-p test", table, alternative, ln, .asymptotic, [.levelNotGuaranteed])
}

private func fisherResult(
    _ method: String, _ table: Table2x2, _ alternative: Alternative, _ ln: Double, _ exactness: Exactness,
    _ warnings: [TestWarning]
) -> TestResult {
    let support = table.conditional.support
    let noVariation: [TestWarning] = support.lowerBound == support.upperBound ? [.noVariation] : []
    return TestResult(
        method: method, alternative: alternative, statistic: table.suspect.rate - table.control.rate,
        pValue: LogProbability(clamped: ln), exactness: exactness,
        sampleSizes: [table.suspect.trials, table.control.trials], warnings: warnings + noVariation)
}
