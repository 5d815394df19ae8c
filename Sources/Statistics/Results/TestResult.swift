/// What a hypothesis test found: the p-value as a logarithm, how far it can be trusted, and what it was computed from.
public struct TestResult: Codable, Sendable, Hashable {
    /// The test's name for reports, for example `"Fisher exact test"`.
    public var method: String
    /// The departure from the null hypothesis that was looked for.
    public var alternative: Alternative
    /// The value of the test statistic where the test has one and it is finite.
    public var statistic: Double?
    /// The p-value.
    public var pValue: LogProbability
    /// What guarantees the p-value.
    public var exactness: Exactness
    /// The number of units of each sample, suspect first.
    public var sampleSizes: [Int64]
    /// What a reader must know before relying on the result.
    public var warnings: [TestWarning]

    /// The p-value is written as what it is, a natural logarithm.
    private enum CodingKeys: String, CodingKey {
        case method, alternative, statistic, exactness, sampleSizes, warnings
        case pValue = "lnP"
    }

    /// Writes every key, so that a reader finds `null` where a test has no statistic.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(method, forKey: .method)
        try container.encode(alternative, forKey: .alternative)
        try container.encode(statistic, forKey: .statistic)
        try container.encode(pValue, forKey: .pValue)
        try container.encode(exactness, forKey: .exactness)
        try container.encode(sampleSizes, forKey: .sampleSizes)
        try container.encode(warnings, forKey: .warnings)
    }

    /// Puts a result together.
    public init(
        method: String, alternative: Alternative, statistic: Double? = nil, pValue: LogProbability,
        exactness: Exactness, sampleSizes: [Int64], warnings: [TestWarning] = []
    ) {
        self.method = method
        self.alternative = alternative
        self.statistic = statistic.flatMap { $0.isFinite ? $0 : nil }
        self.pValue = pValue
        self.exactness = exactness
        self.sampleSizes = sampleSizes
        self.warnings = warnings
    }
}

/// What guarantees that a p-value is at most α with probability at most α when the null hypothesis holds.
public enum Exactness: Codable, Sendable, Hashable {
    /// The supremum over all nuisance parameters, or a complete enumeration.
    case exact
    /// Exact given statistics that are fixed by conditioning, such as a table's margins.
    case exactConditional
    /// Random resamples with the observed data counted among them: valid at any number of resamples.
    case monteCarlo(resamples: Int, seed: UInt64)
    /// A large-sample approximation: the guarantee fails in small samples.
    case asymptotic
    /// Valid at every stopping time.
    case anytime
}

/// A reservation that travels with a result.
public enum TestWarning: Codable, Sendable, Hashable {
    /// The requested method could not be used, and the result's `method` was used instead.
    case replacedMethod(requested: String, reason: String)
    /// The method's error rate is close to its nominal level but not bounded by it.
    case levelNotGuaranteed
    /// Every unit had the same outcome, so the data carry no evidence either way.
    case noVariation
    /// A sample is smaller than the method's usual requirement.
    case fewUnits(count: Int, recommended: Int)
    /// The data have fewer distinct arrangements than 1/α needs: no smaller p-value was possible.
    case smallestPossible(LogProbability)
}

extension TestWarning: CustomStringConvertible {
    /// One sentence for a reader of a report.
    public var description: String {
        switch self {
        case .replacedMethod(let requested, let reason):
            return "the \(requested) was replaced: \(reason)"
        case .levelNotGuaranteed:
            return "the error rate is close to the nominal level, not bounded by it"
        case .noVariation:
            return "every unit had the same outcome: the data carry no evidence either way"
        case .fewUnits(let count, let recommended):
            return "\(count) units, where at least \(recommended) are recommended"
        case .smallestPossible(let pValue):
            return "no arrangement of these data could have given a p-value below \(pValue)"
        }
    }
}
