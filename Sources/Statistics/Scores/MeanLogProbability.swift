/// The mean log-probability per token: minus the loss, and minus the logarithm of the perplexity.
///
/// Σ lₜ / T with lₜ = ln p(xₜ | x₍<ₜ₎). Higher means more member-like. It favours long texts, whose later tokens have
/// more context: compare texts of one length only. Tokens of probability 1 count like all others; leaving them out would
/// delete exactly what a model knows by heart.
///
/// - Parameter logProbabilities: ln p of every token given those before it, in nats, at most 0; the first token of a
///   text, which has no such value, is not among them.
/// - Throws: ``StatisticsError`` without tokens, or for values above 0 or not finite.
/// - Complexity: O(T).
public func meanLogProbability(_ logProbabilities: [Double]) throws(StatisticsError) -> Double {
    try Require.logProbabilities(logProbabilities, "log-probabilities")
    return logProbabilities.compensatedSum / Double(logProbabilities.count)
}

extension Require {
    /// Throws unless there is a value, all are finite and none is above 0 by more than rounding.
    static func logProbabilities(_ values: [Double], _ name: String) throws(StatisticsError) {
        try sample(values, name)
        for value in values where value > LogProbability.roundingSlack {
            throw .outOfRange(name: "log-probability", value: value, requirement: "at most 0")
        }
    }
}
