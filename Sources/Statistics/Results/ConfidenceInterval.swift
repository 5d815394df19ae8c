/// A range that covers the true value with at least (or, for approximate methods, about) the stated confidence.
public struct ConfidenceInterval: Sendable, Hashable {
    /// The lower end; `-.infinity` when unbounded.
    public var lower: Double
    /// The upper end; `.infinity` when unbounded.
    public var upper: Double
    /// The coverage, strictly between 0 and 1, for example 0.95.
    public var confidence: Double
    /// How the interval was found.
    public var method: IntervalMethod

    /// Puts an interval together.
    public init(lower: Double, upper: Double, confidence: Double, method: IntervalMethod) {
        self.lower = lower
        self.upper = upper
        self.confidence = confidence
        self.method = method
    }

    /// Whether `value` lies in the interval, ends included.
    public func contains(_ value: Double) -> Bool { lower <= value && value <= upper }
}

/// The method behind a ``ConfidenceInterval``.
public enum IntervalMethod: String, Codable, Sendable, Hashable {
    /// Exact binomial interval (Clopper and Pearson, 1934).
    case clopperPearson
    /// Score interval of one proportion (Wilson, 1927).
    case wilson
    /// Equal-tailed posterior interval under Jeffreys' prior.
    case jeffreys
    /// Hybrid score interval of a difference of proportions (Newcombe, 1998, method 10).
    case newcombeHybrid
    /// Score interval of a difference of proportions (Miettinen and Nurminen, 1985).
    case miettinenNurminen
    /// Logarithmic interval of a ratio of proportions (Katz and others, 1978).
    case katz
    /// Conditional exact interval of an odds ratio (Cornfield, 1956).
    case conditionalExact
    /// Interval of the Mantel–Haenszel odds ratio (Robins, Breslow and Greenland, 1986).
    case robinsBreslowGreenland
    /// Student's interval of a mean (Student, 1908).
    case student
    /// Ratio estimator over documents with t quantiles.
    case clusterRatio
    /// Bias-corrected and accelerated bootstrap over documents (Efron, 1987).
    case clusterBootstrap
    /// Betting confidence sequence (Waudby-Smith and Ramdas, 2023), valid at every stopping time.
    case hedgedCapital
    /// Beta-binomial mixture confidence sequence (Robbins, 1970), valid at every stopping time.
    case betaBinomialMixture
}

extension ConfidenceInterval: Codable {
    private enum CodingKeys: String, CodingKey { case lower, upper, confidence, method }

    /// Reads the ends as numbers or as `"-inf"` and `"inf"`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        lower = try container.decode(ExtendedReal.self, forKey: .lower).value
        upper = try container.decode(ExtendedReal.self, forKey: .upper).value
        confidence = try container.decode(Double.self, forKey: .confidence)
        method = try container.decode(IntervalMethod.self, forKey: .method)
    }

    /// Writes infinite ends as `"-inf"` and `"inf"`, because JSON has no infinities.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(ExtendedReal(lower), forKey: .lower)
        try container.encode(ExtendedReal(upper), forKey: .upper)
        try container.encode(confidence, forKey: .confidence)
        try container.encode(method, forKey: .method)
    }
}
