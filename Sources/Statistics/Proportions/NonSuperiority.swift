import RealModule

/// Tests whether the suspect rate exceeds the control rate by less than a margin.
///
/// The null hypothesis is "p₁ − p₀ ≥ margin"; z is the score statistic at the margin, with the rates' maximum likelihood
/// values under it (Farrington and Manning, 1990; Miettinen and Nurminen, 1985), and p = Φ(z). Rejected at α exactly when
/// ``miettinenNurminenUpperBound(_:alpha:)`` is below the margin. A large p-value of a difference test is no substitute.
/// At 0/n against 0/m z is about −√(n·margin) for small margins, so the arms' sizes decide.
///
/// - Parameters:
///   - table: Hits and trials of both arms.
///   - margin: The largest difference that would not matter, strictly between 0 and 1, fixed beforehand.
/// - Returns: The asymptotic result; its statistic is z.
/// - Throws: ``StatisticsError/outOfRange(name:value:requirement:)`` for a margin outside its range.
public func nonSuperiority(_ table: Table2x2, margin: Double) throws(StatisticsError) -> TestResult {
    try Require.openUnit(margin, "margin")
    let z = RestrictedRates.score(table, difference: margin)
    return TestResult(
        method: "non-superiority score test", alternative: .less, statistic: z,
        pValue: LogProbability(clamped: NormalDistribution.logUpperTail(-z)), exactness: .asymptotic,
        sampleSizes: [table.suspect.trials, table.control.trials])
}

/// Tests whether the two rates differ by less than a margin in either direction: two one-sided tests (Schuirmann, 1987).
///
/// The p-value is the larger of those against "p₁ − p₀ ≥ margin" and "p₁ − p₀ ≤ −margin"; no correction is needed because
/// both must reject.
///
/// - Parameters:
///   - table: Hits and trials of both arms.
///   - margin: The largest difference that would not matter, strictly between 0 and 1, fixed beforehand.
/// - Returns: The asymptotic result; its statistic is the z closer to zero.
/// - Throws: ``StatisticsError/outOfRange(name:value:requirement:)`` for a margin outside its range.
public func equivalence(_ table: Table2x2, margin: Double) throws(StatisticsError) -> TestResult {
    let above = try nonSuperiority(table, margin: margin)
    let below = try nonSuperiority(table.swapped, margin: margin)
    var result = above.pValue >= below.pValue ? above : below
    result.method = "two one-sided score tests"
    result.alternative = .twoSided
    result.sampleSizes = above.sampleSizes
    return result
}
