/// What is known of one token's log-probability.
public enum TokenLogProbability: Sendable, Hashable {
    /// ln p itself, in nats.
    case exact(Double)
    /// An upper bound of ln p, in nats: the server named other tokens only, or could not represent so small a number.
    case atMost(Double)

    /// The largest value that ln p may have, in nats.
    public var upper: Double {
        switch self {
        case .exact(let ln), .atMost(let ln): ln
        }
    }

    /// Whether only a bound is known.
    public var isCensored: Bool {
        if case .atMost = self { true } else { false }
    }
}

/// Bounds of the mean log-probability per token where some tokens are censored.
///
/// The upper end takes every censored token at its bound; the lower end is −∞ as soon as one token is censored, since
/// nothing keeps its probability from being 0. To compare texts, rank them by the upper end with equal values tied, and
/// never put a made-up number (some servers send −9999) in a censored token's place.
///
/// - Parameter tokens: What is known of every token given those before it; at least one.
/// - Throws: ``StatisticsError`` without tokens, or for values above 0 or not finite.
/// - Complexity: O(T).
public func meanLogProbabilityBounds(_ tokens: [TokenLogProbability]) throws(StatisticsError) -> ScoreBounds {
    let upper = try meanLogProbability(tokens.map(\.upper))
    return ScoreBounds(lower: tokens.contains(where: \.isCensored) ? -.infinity : upper, upper: upper)
}

/// Bounds of Min-K % where some tokens are censored.
///
/// The upper end is ``minK(logProbabilities:fraction:)`` with every censored token at its bound: lowering one value
/// never raises the mean of the lowest. The lower end is −∞ as soon as one token is censored.
///
/// - Parameters:
///   - tokens: What is known of every token given those before it; at least one.
///   - fraction: The share of tokens to average, above 0 and at most 1.
/// - Throws: ``StatisticsError`` without tokens, for values above 0 or not finite, or a fraction out of range.
/// - Complexity: O(T log T).
public func minKBounds(
    _ tokens: [TokenLogProbability], fraction: Double = 0.2
) throws(StatisticsError) -> ScoreBounds {
    let upper = try minK(logProbabilities: tokens.map(\.upper), fraction: fraction)
    return ScoreBounds(lower: tokens.contains(where: \.isCensored) ? -.infinity : upper, upper: upper)
}
