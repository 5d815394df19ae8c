/// An estimated effect with its interval.
public struct EffectEstimate: Sendable, Hashable {
    /// The estimate; may be infinite, for example an odds ratio when one arm has no hits.
    public var estimate: Double
    /// The interval around it.
    public var interval: ConfidenceInterval

    /// Puts an estimate together.
    public init(estimate: Double, interval: ConfidenceInterval) {
        self.estimate = estimate
        self.interval = interval
    }
}

extension EffectEstimate: Codable {
    private enum CodingKeys: String, CodingKey { case estimate, interval }

    /// Reads the estimate as a number or as `"inf"` and `"-inf"`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        estimate = try container.decode(ExtendedReal.self, forKey: .estimate).value
        interval = try container.decode(ConfidenceInterval.self, forKey: .interval)
    }

    /// Writes an infinite estimate as `"inf"` or `"-inf"`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(ExtendedReal(estimate), forKey: .estimate)
        try container.encode(interval, forKey: .interval)
    }
}
