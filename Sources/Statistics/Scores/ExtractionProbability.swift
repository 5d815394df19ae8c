import RealModule

/// The probability that at least one of n independent samples is exactly the suffix: 1 − (1 − p_z)ⁿ.
///
/// Computed as −expm1(n·log1p(−p_z)), and as n·p_z where p_z underflows (Hayes and others, 2024: a suffix is
/// (n, p)-extractable when this is at least p).
///
/// - Parameters:
///   - suffix: ln p_z, the model's probability of the whole suffix, in nats.
///   - attempts: The number of samples n, at least 0.
/// - Returns: ln of the probability; impossible for an impossible suffix or no attempt.
/// - Throws: ``StatisticsError/impossibleCount(name:value:allowed:)`` for negative attempts.
public func extractionProbability(suffix: LogProbability, attempts: Int64) throws(StatisticsError) -> LogProbability {
    guard attempts >= 0 else {
        throw .impossibleCount(name: "attempts", value: attempts, allowed: 0...Int64.max)
    }
    if attempts == 0 || suffix == .impossible { return .impossible }
    let n = Double(attempts)
    if suffix.ln < -700 { return LogProbability(clamped: .log(n) + suffix.ln) }
    return LogProbability(clamped: logOneMinusExp(n * logOneMinusExp(suffix.ln)))
}

/// The number of independent samples after which the suffix has appeared with the given probability.
///
/// ⌈ln(1 − p) / ln(1 − p_z)⌉, at least 1 (Hayes and others, 2024).
///
/// - Parameters:
///   - suffix: ln p_z, in nats.
///   - probability: The wanted probability p, strictly between 0 and 1.
/// - Returns: A whole number, which may be far beyond the integers; `.infinity` for suffixes below about e⁻⁷⁰⁹.
/// - Throws: ``StatisticsError/outOfRange(name:value:requirement:)`` for `probability` outside its range.
public func attemptsForExtraction(suffix: LogProbability, probability: Double) throws(StatisticsError) -> Double {
    try Require.openUnit(probability, "probability")
    if suffix == .certain { return 1 }
    let miss = logOneMinusExp(suffix.ln)
    guard miss < 0 else { return .infinity }
    return max(1, (.log(onePlus: -probability) / miss).rounded(.up))
}

/// An upper bound of the probability of guessing a uniformly random secret: Q·2⁻ᴴ for Q candidates and H bits.
///
/// The union bound; it makes a p-value of finding a planted secret among the model's outputs.
///
/// - Parameters:
///   - bits: The secret's entropy in bits, finite and at least 0.
///   - candidates: The number of outputs that were compared with the secret.
/// - Throws: ``StatisticsError`` for numbers out of range.
public func secretGuessBound(bits: Double, candidates: Int64) throws(StatisticsError) -> LogProbability {
    guard bits >= 0, bits.isFinite else {
        throw .outOfRange(name: "bits", value: bits, requirement: "finite and at least 0")
    }
    guard candidates >= 0 else {
        throw .impossibleCount(name: "candidates", value: candidates, allowed: 0...Int64.max)
    }
    if candidates == 0 { return .impossible }
    return LogProbability(clamped: .log(Double(candidates)) - bits * 0.693_147_180_559_945_3)
}
