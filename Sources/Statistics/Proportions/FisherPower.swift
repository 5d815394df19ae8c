import RealModule

/// The probability that Fisher's one-sided test rejects at `alpha` when the arms have the given rates.
///
/// Σ over all tables of Bin(x₁; n₁, p₁) Bin(x₀; n₀, p₀) [Fisher's p ≤ α], the double sum done along the staircase that
/// bounds the rejection region. Exact for independent units; multiply the sizes by the design effect for clusters.
///
/// - Parameters:
///   - suspectRate: The rate of the suspect arm, 0 … 1.
///   - controlRate: The rate of the control arm, 0 … 1.
///   - suspectTrials: Units of the suspect arm, 1 … 100,000.
///   - controlTrials: Units of the control arm, 1 … 100,000.
///   - alpha: The level of the test, strictly between 0 and 1.
/// - Returns: The power of the test for ``Alternative/greater``; its size when the rates are equal.
/// - Throws: ``StatisticsError`` for rates, levels and counts out of range.
/// - Complexity: O(n₁ + n₀) Fisher p-values.
public func fisherPower(
    suspectRate: Double, controlRate: Double, suspectTrials: Int64, controlTrials: Int64, alpha: Double
) throws(StatisticsError) -> Double {
    try Require.closedUnit(suspectRate, "suspect rate")
    try Require.closedUnit(controlRate, "control rate")
    try Require.openUnit(alpha, "alpha")
    let allowed: ClosedRange<Int64> = 1...100_000
    guard allowed.contains(suspectTrials) else {
        throw .impossibleCount(name: "suspect trials", value: suspectTrials, allowed: allowed)
    }
    guard allowed.contains(controlTrials) else {
        throw .impossibleCount(name: "control trials", value: controlTrials, allowed: allowed)
    }
    // For each count of control hits, the smallest count of suspect hits that rejects; it never falls.
    let limit = Double.log(alpha) + .log(onePlus: 1e-12)
    let suspectTails = upperTails(binomialMasses(trials: Int(suspectTrials), rate: suspectRate))
    let controlMasses = binomialMasses(trials: Int(controlTrials), rate: controlRate)
    var edge: Int64 = 0
    var power = CompensatedSum()
    for controlHits in 0...controlTrials {
        while edge <= suspectTrials {
            let conditional = HypergeometricDistribution(
                drawn: suspectTrials, marked: edge + controlHits, population: suspectTrials + controlTrials)
            if conditional.logUpperTail(edge) <= limit { break }
            edge += 1
        }
        if edge > suspectTrials { break }
        power.add(controlMasses[Int(controlHits)] * suspectTails[Int(edge)])
    }
    return min(1, power.value)
}
