import RealModule

/// Tests whether independent ranks are smaller than uniformly random ones: several canaries, or the shards of a corpus
/// whose published order is compared with shuffled orders.
///
/// P(U₁ + … + U_J ≤ Σ ranks) with independent U_j uniform on 1 … places_j, by convolution. The convolution is done under
/// the exponential tilt that makes the observed sum the mean, so that p-values far below the range of `Double` keep
/// their digits.
///
/// - Parameter ranks: One rank per canary or shard, 1 for the best; at least one.
/// - Returns: The exact result; its statistic is the sum of the ranks.
/// - Throws: ``StatisticsError`` without ranks or when Σ places exceeds 10⁷.
/// - Complexity: O(J × sum of ranks).
public func rankSumTest(_ ranks: [CanaryRank]) throws(StatisticsError) -> TestResult {
    guard !ranks.isEmpty else { throw .sampleTooSmall(name: "ranks", count: 0, minimum: 1) }
    let limit = 1e7
    let total = ranks.reduce(0) { $0 + Double($1.places) }
    guard total <= limit else {
        throw .outOfRange(name: "sum of places", value: total, requirement: "at most \(limit)")
    }
    let places = ranks.map { Int($0.places) }
    let sum = ranks.reduce(0) { $0 + Int($1.rank) }
    // U and places + 1 − U have the same distribution: P(S > s) is a lower tail again.
    let mirrored = places.reduce(0) { $0 + $1 + 1 } - sum - 1
    let ln =
        2 * sum <= places.reduce(0) { $0 + $1 + 1 }
        ? logUniformSumTail(sum, places) : logOneMinusExp(logUniformSumTail(mirrored, places))
    return TestResult(
        method: "exact rank-sum test", alternative: .greater, statistic: Double(sum),
        pValue: LogProbability(clamped: ln), exactness: .exact, sampleSizes: [Int64(ranks.count)])
}

/// ln P(U₁ + … + U_J ≤ s) for a sum s at most the mean.
private func logUniformSumTail(_ s: Int, _ places: [Int]) -> Double {
    let count = places.count
    if s < count { return -.infinity }
    let logAll = -places.map { .log(Double($0)) }.compensatedSum
    if s == count { return logAll }
    let decay = tilt(meanOfSum: s, places)
    let q = Double.exp(-decay)
    // Ranks are counted from 0 here: weights q⁰ … q^(n−1), normalised.
    let offset = s - count
    var masses = [1.0]
    var logScale = 0.0
    for n in places {
        let norm = decay == 0 ? Double(n) : Double.expMinusOne(-decay * Double(n)) / .expMinusOne(-decay)
        logScale += .log(norm)
        let length = min(offset + 1, masses.count + n - 1)
        let leaving = Double.exp(-decay * Double(n))
        var next = [Double](repeating: 0, count: length)
        var running = 0.0
        for index in 0..<length {
            running *= q
            if index < masses.count { running += masses[index] }
            if index >= n, index - n < masses.count { running -= masses[index - n] * leaving }
            next[index] = max(0, running) / norm
        }
        masses = next
    }
    // P(S = count + j) is the tilted mass times e^(decay·j); measured from j = offset all factors are at most 1.
    var tail = CompensatedSum()
    for (index, mass) in masses.enumerated() { tail.add(mass * .exp(decay * Double(index - offset))) }
    return .log(tail.value) + logScale + decay * Double(offset) + logAll
}

/// The decay at which truncated geometric ranks add up to `meanOfSum` on average, by bisection.
private func tilt(meanOfSum: Int, _ places: [Int]) -> Double {
    func mean(_ decay: Double) -> Double {
        places.map { n in
            let n = Double(n)
            if decay * n < 1e-6 { return (n + 1) / 2 }
            // 1 + q/(1−q) − n qⁿ/(1−qⁿ)
            return 1 + 1 / .expMinusOne(decay) - n / .expMinusOne(decay * n)
        }.compensatedSum
    }
    let target = Double(meanOfSum)
    guard mean(0) > target else { return 0 }
    var (low, high) = (0.0, 1.0)
    while mean(high) > target, high < 700 { high *= 2 }
    // The tilt need not be exact, it only has to put the observed sum among likely ones.
    for _ in 0..<60 {
        let middle = 0.5 * (low + high)
        if mean(middle) > target { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
}
