import RealModule

/// Tests whether values of the suspect arm tend to be larger, by the sum of their midranks (Wilcoxon, 1945; Mann and
/// Whitney, 1947).
///
/// The exact distribution given the ties: all C(n, n₁) choices of suspects among the pooled midranks, counted by a
/// dynamic programme on doubled ranks; two-sided p-values count sums at least as far from the mean. Above a size limit
/// the tie-corrected normal approximation with continuity correction is used, and the result says so. The null
/// hypothesis is that the arms are exchangeable. On values of two kinds the one-sided test is Fisher's.
///
/// - Parameters:
///   - suspect: One value per suspect document; infinities are ranked.
///   - control: One value per control document.
///   - alternative: The departure to look for.
/// - Returns: The result; its statistic is U, the number of pairs in which the suspect is larger, ties counting ½. When
///   all values are equal p = 1.
/// - Throws: ``StatisticsError`` for empty arms or NaN.
/// - Complexity: O(n · min(n₁, n₀) · rank sum), at most 4·10⁸ steps, for the exact distribution.
public func mannWhitney(
    suspect: [Double], control: [Double], alternative: Alternative = .greater
) throws(StatisticsError) -> TestResult {
    for (name, values) in [("suspect values", suspect), ("control values", control)] {
        if values.isEmpty { throw .sampleTooSmall(name: name, count: 0, minimum: 1) }
        for value in values where value.isNaN {
            throw .outOfRange(name: name, value: value, requirement: "numbers")
        }
    }
    let ranks = doubledMidRanks(suspect + control)
    let (n1, n0) = (suspect.count, control.count)
    let doubledSum = ranks[..<n1].reduce(0, +)
    let statistic = 0.5 * Double(doubledSum - n1 * (n1 + 1))
    var result = TestResult(
        method: "exact Mann–Whitney test", alternative: alternative, statistic: statistic, pValue: .certain,
        exactness: .exact, sampleSizes: [Int64(n1), Int64(n0)])
    if ranks.allSatisfy({ $0 == ranks[0] }) {
        result.warnings.append(.noVariation)
        return result
    }
    // Choosing the smaller arm leaves fewer sums to count, and mirrors the direction.
    let isMirrored = n0 < n1
    if let exact = RankSumDistribution(ranks: ranks, chosen: min(n1, n0)) {
        let sum = isMirrored ? ranks.reduce(0, +) - doubledSum : doubledSum
        let direction = isMirrored ? alternative.mirrored : alternative
        result.pValue = LogProbability(clamped: exact.logTail(sum, direction))
        return result
    }
    result.method = "Mann–Whitney test, normal approximation"
    result.exactness = .asymptotic
    result.warnings.append(
        .replacedMethod(requested: "exact Mann–Whitney test", reason: "\(n1 + n0) values are too many to count"))
    result.pValue = normalApproximation(ranks, doubledSum, n1, n0, alternative)
    return result
}

/// P of the suspects' rank sum from its permutation mean and variance, with a continuity correction of one half.
private func normalApproximation(
    _ ranks: [Int], _ doubledSum: Int, _ n1: Int, _ n0: Int, _ alternative: Alternative
) -> LogProbability {
    let total = Double(n1 + n0)
    let mean = ranks.reduce(0.0) { $0 + Double($1) } / total
    let spread = ranks.map { (Double($0) - mean) * (Double($0) - mean) }.compensatedSum
    let deviation = Double(doubledSum) - Double(n1) * mean
    let error = (Double(n1) * Double(n0) / (total * (total - 1)) * spread).squareRoot()
    switch alternative {
    case .greater: return LogProbability(clamped: NormalDistribution.logUpperTail((deviation - 1) / error))
    case .less: return LogProbability(clamped: NormalDistribution.logUpperTail((-deviation - 1) / error))
    case .twoSided:
        let tail = NormalDistribution.logUpperTail((abs(deviation) - 1) / error)
        return LogProbability(clamped: tail + 0.693_147_180_559_945_3)
    }
}

/// How many choices of a fixed number of ranks have each sum.
struct RankSumDistribution {
    /// Shares of all choices by doubled rank sum of the chosen, measured from `smallest`.
    private let shares: [Double]
    private let smallest: Int
    private let mean: Double

    /// Counts, or returns `nil` where that would take more than 4·10⁸ steps or leave the range of `Double`.
    init?(ranks: [Int], chosen: Int) {
        let count = ranks.count
        guard count <= 1000 else { return nil }
        let ordered = ranks.sorted()
        let smallest = ordered.prefix(chosen).reduce(0, +)
        let largest = ordered.suffix(chosen).reduce(0, +)
        // Sums of k chosen ranks, each measured from the sum of the k smallest.
        let lows = (0...chosen).map { ordered.prefix($0).reduce(0, +) }
        let width = largest - smallest + 1
        guard Double(count) * Double(chosen) * Double(width) <= 4e8 else { return nil }
        var ways = [[Double]](repeating: [], count: chosen + 1)
        ways[0] = [1]
        for (place, rank) in ordered.enumerated() {
            for k in stride(from: min(chosen, place + 1), through: 1, by: -1) {
                let shift = lows[k - 1] + rank - lows[k]
                let source = ways[k - 1]
                let needed = source.count + shift
                if ways[k].count < needed { ways[k] += [Double](repeating: 0, count: needed - ways[k].count) }
                for (index, value) in source.enumerated() { ways[k][index + shift] += value }
            }
        }
        let total = ways[chosen].compensatedSum
        guard total.isFinite else { return nil }
        shares = ways[chosen].map { $0 / total }
        self.smallest = smallest
        mean = ranks.reduce(0.0) { $0 + Double($1) } * Double(chosen) / Double(count)
    }

    /// ln of the share of choices at least as extreme as a doubled sum.
    func logTail(_ doubledSum: Int, _ alternative: Alternative) -> Double {
        let distance = abs(Double(doubledSum) - mean)
        var inside = CompensatedSum()
        var outside = CompensatedSum()
        for (index, share) in shares.enumerated() {
            let sum = smallest + index
            let isExtreme: Bool
            switch alternative {
            case .greater: isExtreme = sum >= doubledSum
            case .less: isExtreme = sum <= doubledSum
            case .twoSided: isExtreme = abs(Double(sum) - mean) >= distance - 1e-9 * max(1, distance)
            }
            if isExtreme { inside.add(share) } else { outside.add(share) }
        }
        return inside.value <= 0.5 ? .log(inside.value) : .log(onePlus: -outside.value)
    }
}
