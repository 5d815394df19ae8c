import RealModule

/// The mean of a sample with Student's interval (Student, 1908): m ± t(1 − α/2; n − 1)·s/√n.
///
/// For means of independent documents whose spread is moderate; with few documents and long tails it undercovers.
///
/// - Parameters:
///   - values: One finite value per document, at least two.
///   - alpha: The probability left outside, half of it on each side; strictly between 0 and 1.
/// - Returns: The mean and the interval around it; they coincide when all values are the same.
/// - Throws: ``StatisticsError`` for too few values, values that are not finite and α out of range.
/// - Complexity: O(*n*).
public func studentMean(_ values: [Double], alpha: Double = 0.05) throws(StatisticsError) -> EffectEstimate {
    try Require.openUnit(alpha, "alpha")
    try Require.sample(values, "values")
    guard values.count >= 2 else { throw .sampleTooSmall(name: "values", count: values.count, minimum: 2) }
    let count = Double(values.count)
    let mean = values.reduce(0) { $0 + $1 / count }
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) / (count - 1) }
    let t = try StudentTDistribution.upperQuantile(logTail: .log(alpha / 2), degreesOfFreedom: count - 1)
    let reach = t * (variance / count).squareRoot()
    return EffectEstimate(
        estimate: mean,
        interval: ConfidenceInterval(lower: mean - reach, upper: mean + reach, confidence: 1 - alpha, method: .student))
}
