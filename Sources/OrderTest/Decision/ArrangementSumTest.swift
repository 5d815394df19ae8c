import RealModule
import Statistics

/// Tests whether the published orders of several shards have larger sums than random orders of the same shards.
///
/// The statistic is Σ over the shards of the published order's sum. P(S ≥ s), with the orders of the shards independent
/// and uniform, is computed in full by convolution, not sampled: there is no smallest p-value but ∏ 1/orders, and no
/// seed. For that the sums are first rounded to whole steps of (Σ ranges)/2¹⁵. Rounded sums are a statistic like any other, and the
/// test on them is exact; the rounding costs no visible power, because a step is far below the spread of one shard. The
/// convolution is done under the exponential tilt that makes the observed sum the mean, so that p-values far below the
/// range of `Double` keep their digits. Ties count against the claim.
///
/// Sums and not ranks: where few passages are remembered, each by many nats, ranks are buried under the shards that say
/// nothing, and sums are not.
///
/// - Parameter shards: For each shard the sums of all its orders, and which order is the published one.
/// - Returns: The exact result; its statistic is the observed sum of sums.
/// - Throws: `StatisticsError` without shards or for sums that are not finite.
/// - Complexity: O(shards × orders × 2¹⁵) at most.
func arrangementSumTest(_ shards: [(ofOrders: [Double], published: Int)]) throws(StatisticsError) -> TestResult {
    guard !shards.isEmpty else { throw .sampleTooSmall(name: "shards", count: 0, minimum: 1) }
    var ranges: [ClosedRange<Double>] = []
    for shard in shards {
        guard let low = shard.ofOrders.min(), let high = shard.ofOrders.max(), shard.ofOrders.allSatisfy(\.isFinite),
            (high - low).isFinite
        else { throw .outOfRange(name: "sum of a shard", value: .nan, requirement: "finite") }
        ranges.append(low...high)
    }
    let width = ranges.reduce(0) { $0 + $1.upperBound - $1.lowerBound }
    let observed = shards.reduce(0) { $0 + $1.ofOrders[$1.published] }
    var result = TestResult(
        method: "exact test of orders", alternative: .greater, statistic: observed, pValue: .certain, exactness: .exact,
        sampleSizes: [Int64(shards.count)])
    guard width.isFinite else { throw .outOfRange(name: "sums", value: width, requirement: "small enough to be added") }
    let step = width / 32_768
    guard step > 0 else {
        result.warnings.append(.noVariation)
        return result
    }
    let steps = zip(shards, ranges).map { shard, range in
        shard.ofOrders.map { Int((($0 - range.lowerBound) / step).rounded()) }
    }
    let sum = zip(steps, shards).reduce(0) { $0 + $1.0[$1.1.published] }
    result.pValue = try LogProbability(ln: StepSumTail(steps.map(WeightedSteps.init)).ln(atLeast: sum))
    let smallest = -shards.reduce(0) { $0 + .log(Double($1.ofOrders.count)) }
    if smallest > -.log(100.0) { result.warnings.append(.smallestPossible(try LogProbability(ln: smallest))) }
    return result
}

/// The distinct values of one shard, in steps, and what part of its orders has each.
struct WeightedSteps {
    let values: [(steps: Int, weight: Double)]

    init(_ steps: [Int]) {
        var counts: [Int: Int] = [:]
        for step in steps { counts[step, default: 0] += 1 }
        values = counts.sorted { $0.key < $1.key }.map { ($0.key, Double($0.value) / Double(steps.count)) }
    }

    var largest: Int { values.last?.steps ?? 0 }

    /// ln of the mean of exp(decay·(steps − largest)), and the mean of the steps under that tilt.
    func tilted(_ decay: Double) -> (lnNorm: Double, mean: Double) {
        var (norm, moment) = (0.0, 0.0)
        for (steps, weight) in values {
            let factor = weight * .exp(decay * Double(steps - largest))
            norm += factor
            moment += factor * Double(steps)
        }
        return (.log(norm), moment / norm)
    }
}

/// The upper tail of a sum of independent shards.
struct StepSumTail {
    private let shards: [WeightedSteps]

    init(_ shards: [WeightedSteps]) { self.shards = shards }

    /// ln P(S ≥ sum) for a sum from 0 to that of the largest values.
    func ln(atLeast sum: Int) -> Double {
        let most = shards.reduce(0) { $0 + $1.largest }
        guard sum > 0 else { return 0 }
        let decay = tilt(to: sum)
        // What is still missing to the largest sum is counted, downwards; only what can still reach the sum is kept.
        let room = most - sum
        var masses = [1.0]
        var lnScale = 0.0
        for shard in shards {
            let norm = shard.tilted(decay).lnNorm
            lnScale += norm
            let span = shard.largest - (shard.values.first?.steps ?? 0)
            var next = [Double](repeating: 0, count: min(room, masses.count - 1 + span) + 1)
            for (steps, weight) in shard.values {
                let missing = shard.largest - steps
                let factor = weight * .exp(-decay * Double(missing) - norm)
                guard missing < next.count, factor > 0 else { continue }
                Self.add(masses, times: factor, to: &next, from: missing)
            }
            masses = next
        }
        // A sum of most − j has the tilted mass times e^(decay·j); measured from j = room all factors are at most 1.
        var tail = 0.0
        for (missing, mass) in masses.enumerated() { tail += mass * .exp(decay * Double(missing - room)) }
        return min(0, .log(tail) + lnScale + decay * Double(room))
    }

    private static func add(_ masses: [Double], times factor: Double, to next: inout [Double], from start: Int) {
        let count = min(masses.count, next.count - start)
        masses.withUnsafeBufferPointer { masses in
            next.withUnsafeMutableBufferPointer { next in
                for index in 0..<count { next[start + index] += factor * masses[index] }
            }
        }
    }

    /// The decay at which the shards add up to `sum` on average, by bisection; 0 where they do so anyhow.
    private func tilt(to sum: Int) -> Double {
        let target = Double(sum)
        func mean(_ decay: Double) -> Double { shards.reduce(0) { $0 + $1.tilted(decay).mean } }
        guard mean(0) < target else { return 0 }
        var (low, high) = (0.0, 1e-6)
        while mean(high) < target, high < 64 { (low, high) = (high, high * 2) }
        // The tilt need not be exact, it only has to put the observed sum among likely ones.
        for _ in 0..<30 {
            let middle = 0.5 * (low + high)
            if mean(middle) < target { low = middle } else { high = middle }
        }
        return high
    }
}
