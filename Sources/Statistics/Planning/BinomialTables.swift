import RealModule

/// P(X = k) for k = 0 … trials, also at the rates 0 and 1.
func binomialMasses(trials: Int, rate: Double) -> [Double] {
    if rate <= 0 { return [1] + [Double](repeating: 0, count: trials) }
    if rate >= 1 { return [Double](repeating: 0, count: trials) + [1] }
    let distribution = BinomialDistribution(trials: Int64(trials), probability: rate)
    return (0...trials).map { .exp(distribution.logMass(Int64($0))) }
}

/// P(X ≥ k) for k = 0 … count, from P(X = k).
func upperTails(_ masses: [Double]) -> [Double] {
    var tails = [Double](repeating: 0, count: masses.count + 1)
    for k in masses.indices.reversed() { tails[k] = min(1, tails[k + 1] + masses[k]) }
    return tails
}
