/// Which total of a text's log-probabilities is set against its compressed length; publications differ.
public enum CompressionNumerator: String, Sendable, Hashable, Codable, CaseIterable {
    /// The mean per token (Maini and others, 2024).
    case mean
    /// The sum over the text (Carlini and others, 2021).
    case total
}

/// How well a model knows a text, set against how well a general compressor does: the zlib score.
///
/// l / bytes, with l the mean or the sum of ln p in nats. Higher (closer to 0) means more member-like than the text's own
/// redundancy explains. The length depends on the compressor: zlib at level 6 with its 2-byte header and 4-byte checksum
/// is what publications use, raw DEFLATE is 6 bytes shorter and other encoders differ again, so write down which one it
/// was and compare texts compressed by one encoder only.
///
/// - Parameters:
///   - logProbabilities: ln p of every token given those before it, in nats, at most 0.
///   - compressedBytes: The length of the whole compressed text, in bytes, at least 1.
///   - numerator: The mean or the sum.
/// - Throws: ``StatisticsError`` without tokens, for values above 0 or not finite, or a length below 1.
/// - Complexity: O(T).
public func compressionScore(
    logProbabilities: [Double], compressedBytes: Int, numerator: CompressionNumerator = .mean
) throws(StatisticsError) -> Double {
    guard compressedBytes >= 1 else {
        throw .impossibleCount(name: "compressed bytes", value: Int64(compressedBytes), allowed: 1...Int64.max)
    }
    let mean = try meanLogProbability(logProbabilities)
    switch numerator {
    case .mean: return mean / Double(compressedBytes)
    case .total: return logProbabilities.compensatedSum / Double(compressedBytes)
    }
}
