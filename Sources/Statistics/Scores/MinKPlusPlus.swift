import RealModule

/// What a server tells about one token position: the target's log-probability and the most probable tokens.
public struct TokenPosition: Sendable, Hashable {
    /// ln p of the token that stands here, in nats.
    public var target: Double
    /// ln p of the n most probable tokens, in any order.
    public var top: [Double]
    /// The number of tokens in the vocabulary.
    public var vocabulary: Int

    /// Takes one position.
    public init(target: Double, top: [Double], vocabulary: Int) {
        self.target = target
        self.top = top
        self.vocabulary = vocabulary
    }
}

/// Bounds of a score that is only partly observed.
public struct ScoreBounds: Sendable, Hashable, Codable {
    /// The smallest possible value.
    public var lower: Double
    /// The largest possible value.
    public var upper: Double

    /// The distance between the two.
    public var width: Double { upper - lower }
}

/// Bounds of Min-K %++ from the top n log-probabilities of every position (Zhang and others, 2024).
///
/// The score of a position is z = (ln p − μ)/σ with the mean and standard deviation of ln p under the model's own
/// distribution; Min-K %++ is the mean of the lowest max(1, ⌊fraction·T⌋). With the whole vocabulary it is exact. With n
/// tokens and r = 1 − Σp left over, the remaining terms of μ lie between r ln(r/(V−n)) and r ln min(pₙ, r), those of the
/// second moment between r ln² min(pₙ, r) and r ln²(r/(V−n)) (Jensen). Report the score only when the width is below a
/// tolerance chosen beforehand. Where σ may be zero the bounds are infinite; where it is zero and ln p = μ, z is 0.
///
/// - Parameters:
///   - positions: One entry per token, at least one.
///   - fraction: The share of tokens to average, above 0 and at most 1.
/// - Throws: ``StatisticsError`` for missing or impossible probabilities, or a vocabulary smaller than the list.
/// - Complexity: O(T·n + T log T).
public func minKPlusPlusBounds(
    _ positions: [TokenPosition], fraction: Double = 0.2
) throws(StatisticsError) -> ScoreBounds {
    guard !positions.isEmpty else { throw .sampleTooSmall(name: "positions", count: 0, minimum: 1) }
    var lower: [Double] = []
    var upper: [Double] = []
    for position in positions {
        let bounds = try standardizedBounds(position)
        lower.append(bounds.lower)
        upper.append(bounds.upper)
    }
    return ScoreBounds(
        lower: try meanOfLowest(lower, fraction: fraction), upper: try meanOfLowest(upper, fraction: fraction))
}

/// Bounds of (ln p − μ)/σ at one position.
private func standardizedBounds(_ position: TokenPosition) throws(StatisticsError) -> ScoreBounds {
    try Require.sample(position.top, "top log-probabilities")
    guard position.target <= LogProbability.roundingSlack, position.target.isFinite else {
        throw .outOfRange(name: "target log-probability", value: position.target, requirement: "finite and at most 0")
    }
    guard position.vocabulary >= position.top.count else {
        throw .lengthMismatch(
            name: "top log-probabilities", count: position.top.count, other: "the vocabulary",
            otherCount: position.vocabulary)
    }
    let rest = position.vocabulary - position.top.count
    let known = position.top.map(Double.exp).compensatedSum
    guard known <= 1 + 1e-3 else {
        throw .outOfRange(name: "sum of top probabilities", value: known, requirement: "at most 1")
    }
    let left = max(0, 1 - known)
    // A whole vocabulary, or a rest that rounding accounts for: exact moments, with the squares taken around μ.
    if rest == 0 || left < 1e-12 {
        let mean = position.top.map { .exp($0) * $0 }.compensatedSum / known
        let variance = position.top.map { .exp($0) * ($0 - mean) * ($0 - mean) }.compensatedSum / known
        let gap = position.target - mean
        let isFlat = variance < 1e-20 || abs(gap) < 1e-12
        let z = isFlat ? (abs(gap) < 1e-9 ? 0 : gap * .infinity) : gap / variance.squareRoot()
        return ScoreBounds(lower: z, upper: z)
    }
    let smallest = position.top.reduce(0, min)
    let ceiling = min(smallest, .log(left))
    let floor = Double.log(left) - .log(Double(rest))
    let mean = position.top.map { .exp($0) * $0 }.compensatedSum
    let square = position.top.map { .exp($0) * $0 * $0 }.compensatedSum
    let (meanLow, meanHigh) = (mean + left * min(floor, ceiling), mean + left * ceiling)
    let squareLow = square + left * ceiling * ceiling
    let squareHigh = square + left * max(floor * floor, ceiling * ceiling)
    let deviationLow = max(0, squareLow - meanLow * meanLow).squareRoot()
    let deviationHigh = max(0, squareHigh - meanHigh * meanHigh).squareRoot()
    let (gapLow, gapHigh) = (position.target - meanHigh, position.target - meanLow)
    func quotient(_ gap: Double, _ deviation: Double) -> Double {
        if gap == 0 { return 0 }
        return deviation > 0 ? gap / deviation : gap * .infinity
    }
    return ScoreBounds(
        lower: quotient(gapLow, gapLow >= 0 ? deviationHigh : deviationLow),
        upper: quotient(gapHigh, gapHigh >= 0 ? deviationLow : deviationHigh))
}
