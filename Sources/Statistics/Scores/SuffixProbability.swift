import RealModule

/// What is known of p_z, the probability that one sample from a model is exactly a given suffix.
public enum SuffixProbability: Sendable, Hashable {
    /// The probability itself: every token of the suffix was scored.
    case exact(LogProbability)
    /// An upper bound: scoring was abandoned, a token is censored, or nothing is known, which is a bound of 1.
    case atMost(LogProbability)

    /// Adds up the tokens of a suffix: ln p_z = Σ ln p(yₜ | x, y₍<ₜ₎), in nats (Hayes and others, 2024).
    ///
    /// Tokens that were not scored have a probability of at most 1, so a sum over the first ones is an upper bound. Valid
    /// for sampling at temperature 1 from the whole vocabulary; with top-k sampling p_z is another number, and 0 as soon
    /// as one token is not among the k.
    ///
    /// - Parameters:
    ///   - tokens: What is known of the suffix's first tokens, in order.
    ///   - length: The number of tokens of the whole suffix, at least that of `tokens`.
    /// - Throws: ``StatisticsError`` for more tokens than the suffix has, or values above 0 or not finite.
    /// - Complexity: O(T).
    public init(_ tokens: [TokenLogProbability], length: Int) throws(StatisticsError) {
        guard tokens.count <= length else {
            throw .lengthMismatch(
                name: "tokens", count: tokens.count, other: "the suffix", otherCount: length)
        }
        guard !tokens.isEmpty else {
            self = length == 0 ? .exact(.certain) : .atMost(.certain)
            return
        }
        let values = tokens.map(\.upper)
        try Require.logProbabilities(values, "log-probabilities")
        let sum = values.compensatedSum
        // A sum beyond the range of `Double` is a probability that no sample shows.
        let total = LogProbability(clamped: sum.isNaN ? -.infinity : sum)
        let isWhole = tokens.count == length && !tokens.contains(where: \.isCensored)
        self = isWhole ? .exact(total) : .atMost(total)
    }

    /// The largest value that p_z may have.
    public var upper: LogProbability {
        switch self {
        case .exact(let p), .atMost(let p): p
        }
    }

    /// The smallest value that p_z may have.
    public var lower: LogProbability {
        switch self {
        case .exact(let p): p
        case .atMost: .impossible
        }
    }
}

/// The smallest p_z of which `attempts` samples show the suffix with at least the given probability.
///
/// 1 − (1 − p)^(1/n), the inverse of ``extractionProbability(suffix:attempts:)`` in its first argument: a suffix is
/// (n, p)-extractable when its p_z is at least this (Hayes and others, 2024).
///
/// - Parameters:
///   - probability: The wanted probability p, strictly between 0 and 1.
///   - attempts: The number of independent samples n, at least 1.
/// - Throws: ``StatisticsError`` for numbers out of range.
public func extractionThreshold(probability: Double, attempts: Int64) throws(StatisticsError) -> LogProbability {
    try Require.openUnit(probability, "probability")
    guard attempts >= 1 else {
        throw .impossibleCount(name: "attempts", value: attempts, allowed: 1...Int64.max)
    }
    return LogProbability(clamped: logOneMinusExp(.log(onePlus: -probability) / Double(attempts)))
}
