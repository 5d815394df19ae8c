import RealModule

/// How often exactly one of two paired measurements of the same document hit.
public struct DiscordantPairs: Sendable, Hashable {
    /// Documents that hit under the target only.
    public let targetOnly: Int64
    /// Documents that hit under the reference only.
    public let referenceOnly: Int64

    /// Checks and takes the two counts.
    ///
    /// - Throws: ``StatisticsError/impossibleCount(name:value:allowed:)`` for counts below 0 or above
    ///   ``Proportion/largestTrials``.
    public init(targetOnly: Int64, referenceOnly: Int64) throws(StatisticsError) {
        let allowed = 0...Proportion.largestTrials
        guard allowed.contains(targetOnly) else {
            throw .impossibleCount(name: "target only", value: targetOnly, allowed: allowed)
        }
        guard allowed.contains(referenceOnly) else {
            throw .impossibleCount(name: "reference only", value: referenceOnly, allowed: allowed)
        }
        self.targetOnly = targetOnly
        self.referenceOnly = referenceOnly
    }

    /// The distribution of `targetOnly` when either side is equally likely.
    fileprivate var distribution: BinomialDistribution {
        BinomialDistribution(trials: targetOnly + referenceOnly, probability: 0.5)
    }
}

/// Tests whether target and reference hit paired documents equally often (McNemar, 1947, in its exact form).
///
/// P(Bin(b + c, ½) ≥ b) with b = target only, c = reference only; two-sided twice the smaller tail, at most 1. Pairs that
/// agree carry no information. Without discordant pairs p = 1. The pairs must be independent documents.
///
/// - Parameters:
///   - pairs: The discordant pairs.
///   - alternative: ``Alternative/greater`` looks for more hits under the target.
/// - Returns: The result, exact given the number of discordant pairs; its statistic is b/(b+c).
public func mcnemarExact(_ pairs: DiscordantPairs, alternative: Alternative = .greater) -> TestResult {
    let distribution = pairs.distribution
    return mcnemarResult(
        "McNemar exact test", pairs, alternative, upper: distribution.logUpperTail(pairs.targetOnly),
        lower: distribution.logLowerTail(pairs.targetOnly), .exactConditional, [])
}

/// McNemar's test with half the probability of the observed split (Fagerland, Lydersen and Laake, 2013).
///
/// Less conservative than ``mcnemarExact(_:alternative:)``, but its level is only close to the nominal one. Without
/// discordant pairs the one-sided value is ½ and the two-sided 1.
public func mcnemarMidP(_ pairs: DiscordantPairs, alternative: Alternative = .greater) -> TestResult {
    let distribution = pairs.distribution
    return mcnemarResult(
        "McNemar mid-p test", pairs, alternative, upper: distribution.logMidUpperTail(pairs.targetOnly),
        lower: distribution.logMidLowerTail(pairs.targetOnly), .asymptotic, [.levelNotGuaranteed])
}

private func mcnemarResult(
    _ method: String, _ pairs: DiscordantPairs, _ alternative: Alternative, upper: Double, lower: Double,
    _ exactness: Exactness, _ warnings: [TestWarning]
) -> TestResult {
    let discordant = pairs.targetOnly + pairs.referenceOnly
    let ln: Double
    switch alternative {
    case .greater: ln = upper
    case .less: ln = lower
    case .twoSided: ln = min(upper, lower) + 0.693_147_180_559_945_3
    }
    return TestResult(
        method: method, alternative: alternative,
        statistic: discordant == 0 ? nil : Double(pairs.targetOnly) / Double(discordant),
        pValue: LogProbability(clamped: ln), exactness: exactness, sampleSizes: [discordant],
        warnings: warnings + (discordant == 0 ? [.noVariation] : []))
}
