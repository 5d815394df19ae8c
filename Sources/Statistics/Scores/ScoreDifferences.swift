/// How much better the target knows a text than a reference model does, in nats per unit of text.
///
/// Σ lᵀ/u − Σ lᴿ/u over the same text, u in characters or bytes, because two tokenizers cut one text into different
/// numbers of tokens. Higher means more member-like. Assumes that the reference has not seen the text. It shows that the
/// target favours the text more than the reference does; the reason may be capability or domain instead of training on
/// it. A difference, because a ratio of losses is unstable where one of them is small.
///
/// - Parameters:
///   - target: ln p of every token under the target, in nats, at most 0.
///   - reference: ln p of every token under the reference model, in nats, at most 0.
///   - units: The length of the scored text in characters or bytes, or in tokens where both models share a tokenizer; at
///     least 1.
/// - Throws: ``StatisticsError`` for an empty list, values above 0 or not finite, or a length below 1.
/// - Complexity: O(T).
public func referenceDifference(
    target: [Double], reference: [Double], units: Int
) throws(StatisticsError) -> Double {
    try Require.logProbabilities(target, "log-probabilities of the target")
    try Require.logProbabilities(reference, "log-probabilities of the reference")
    guard units >= 1 else {
        throw .impossibleCount(name: "units of text", value: Int64(units), allowed: 1...Int64.max)
    }
    // Added up as one sum, so that nearly equal totals keep the digits of their difference.
    return (target + reference.map { -$0 }).compensatedSum / Double(units)
}

/// How much better a model knows a text than the same text in lower case, in nats per token.
///
/// mean l(x) − mean l(lower(x)), each over its own tokens (Carlini and others, 2021, who take the ratio, which is
/// undefined when the lower-case text is certain). Higher means that the exact spelling matters, hence more member-like.
/// Of no use for text without capitals, where the difference is 0.
///
/// - Parameters:
///   - original: ln p of every token of the text, in nats, at most 0.
///   - lowercased: ln p of every token of the lower-case text, cut into tokens anew; in nats, at most 0.
/// - Throws: ``StatisticsError`` for an empty list, or values above 0 or not finite.
/// - Complexity: O(T).
public func lowercaseDifference(original: [Double], lowercased: [Double]) throws(StatisticsError) -> Double {
    try meanLogProbability(original) - meanLogProbability(lowercased)
}
