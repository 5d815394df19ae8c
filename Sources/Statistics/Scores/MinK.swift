/// The mean log-probability of the least likely tokens, Min-K % (Shi and others, 2024).
///
/// The mean of the lowest max(1, ⌊fraction·T⌋) of T values, so that a short text has a score too; tokens of probability 1
/// count like all others. Higher means more member-like.
///
/// - Parameters:
///   - logProbabilities: ln p of every token given those before it, in nats, at most 0.
///   - fraction: The share of tokens to average, above 0 and at most 1.
/// - Throws: ``StatisticsError`` without tokens, for values above 0 or not finite, or a fraction out of range.
/// - Complexity: O(T log T).
public func minK(logProbabilities: [Double], fraction: Double = 0.2) throws(StatisticsError) -> Double {
    try Require.sample(logProbabilities, "log-probabilities")
    for value in logProbabilities where value > LogProbability.roundingSlack {
        throw .outOfRange(name: "log-probability", value: value, requirement: "at most 0")
    }
    return try meanOfLowest(logProbabilities, fraction: fraction)
}

/// The mean of the lowest max(1, ⌊fraction·n⌋) values.
func meanOfLowest(_ values: [Double], fraction: Double) throws(StatisticsError) -> Double {
    guard fraction > 0, fraction <= 1 else {
        throw .outOfRange(name: "fraction", value: fraction, requirement: "above 0 and at most 1")
    }
    // 0.29 · 100 is just below 29 in binary: do not lose a token to that.
    let count = max(1, Int((fraction * Double(values.count) + 1e-9).rounded(.down)))
    let lowest = values.sorted().prefix(count)
    if let first = lowest.first, first.isInfinite { return first }
    if let last = lowest.last, last.isInfinite { return last }
    return lowest.compensatedSum / Double(lowest.count)
}
