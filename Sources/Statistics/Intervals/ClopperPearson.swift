import RealModule

/// The exact interval of one rate (Clopper and Pearson, 1934): covers with at least the stated confidence, always.
///
/// The ends are beta quantiles: the lower solves P(X ≥ k) = α/2, the upper P(X ≤ k) = α/2. At 0/n and n/n they have
/// closed forms and are exact: [0, 1 − (α/2)^(1/n)] and [(α/2)^(1/n), 1].
///
/// - Parameters:
///   - proportion: The hits and trials; the trials must be independent.
///   - alpha: The probability left outside, half of it on each side; strictly between 0 and 1.
/// - Throws: ``StatisticsError/outOfRange(name:value:requirement:)`` for `alpha` outside its range.
/// - Complexity: O(√trials) for each of about ten Newton steps.
public func clopperPearson(_ proportion: Proportion, alpha: Double = 0.05) throws(StatisticsError) -> ConfidenceInterval
{
    try Require.openUnit(alpha, "alpha")
    return ConfidenceInterval(
        lower: try clopperPearsonLowerBound(proportion, alpha: alpha / 2),
        upper: try clopperPearsonUpperBound(proportion, alpha: alpha / 2),
        confidence: 1 - alpha, method: .clopperPearson)
}

/// The exact one-sided lower bound of one rate: the true rate is below it with probability at most `alpha`.
///
/// 0 at 0/n and α^(1/n) at n/n, in closed form (Clopper and Pearson, 1934).
///
/// - Throws: ``StatisticsError/outOfRange(name:value:requirement:)`` unless `alpha` is strictly between 0 and 1.
public func clopperPearsonLowerBound(_ proportion: Proportion, alpha: Double = 0.05) throws(StatisticsError) -> Double {
    try Require.openUnit(alpha, "alpha")
    let hits = Double(proportion.hits)
    if proportion.hits == 0 { return 0 }
    if proportion.misses == 0 { return .exp(.log(alpha) / hits) }
    return try BetaQuantile(logLower: .log(alpha), a: hits, b: Double(proportion.misses) + 1).x
}

/// The exact one-sided upper bound of one rate: the true rate is above it with probability at most `alpha`.
///
/// 1 − α^(1/n) at 0/n and 1 at n/n, in closed form. It is what a claim of absence rests on: no hit among n documents
/// excludes rates above 1 − α^(1/n), for α = 0.05 about 3/n (Clopper and Pearson, 1934).
///
/// - Throws: ``StatisticsError/outOfRange(name:value:requirement:)`` unless `alpha` is strictly between 0 and 1.
public func clopperPearsonUpperBound(_ proportion: Proportion, alpha: Double = 0.05) throws(StatisticsError) -> Double {
    try Require.openUnit(alpha, "alpha")
    let misses = Double(proportion.misses)
    if proportion.misses == 0 { return 1 }
    if proportion.hits == 0 { return -.expMinusOne(.log(alpha) / misses) }
    return try BetaQuantile(logLower: .log(alpha), a: misses, b: Double(proportion.hits) + 1).y
}

/// The number of independent trials without a hit that excludes rates of at least `rate`: ⌈ln α / ln(1 − rate)⌉.
///
/// What a claim of absence costs: with this many misses and no hit, ``clopperPearsonUpperBound(_:alpha:)`` is at most
/// `rate`. For α = 0.05 it is about 3/rate.
///
/// - Parameters:
///   - rate: The smallest rate to exclude, strictly between 0 and 1.
///   - alpha: The error probability, strictly between 0 and 1.
/// - Throws: ``StatisticsError/outOfRange(name:value:requirement:)`` for arguments out of range, and for rates so small
///   that more than ``Proportion/largestTrials`` would be needed.
public func trialsToExclude(rate: Double, alpha: Double = 0.05) throws(StatisticsError) -> Int64 {
    try Require.openUnit(rate, "rate")
    try Require.openUnit(alpha, "alpha")
    let trials = (Double.log(alpha) / .log(onePlus: -rate)).rounded(.up)
    guard trials <= Double(Proportion.largestTrials) else {
        throw .outOfRange(name: "rate", value: rate, requirement: "large enough to be excluded by 10¹² trials")
    }
    return max(1, Int64(trials))
}
