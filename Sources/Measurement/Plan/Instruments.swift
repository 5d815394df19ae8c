import Inference

/// Samples that are drawn in addition to a greedy run.
public struct SamplingScheme: Codable, Hashable, Sendable {
    /// The number of samples per probe, at least 1.
    public let count: Int
    /// The softmax temperature, above 0.
    public let temperature: Double
    /// The number of candidates kept; 0 keeps all.
    public let topK: Int

    /// Creates a scheme, or `nil` unless there is a sample, the temperature is above 0 and finite, and `topK` is at
    /// least 0.
    public init?(count: Int, temperature: Double = 1, topK: Int = 40) {
        guard (1...1_000_000).contains(count), temperature > 0, temperature.isFinite, topK >= 0 else { return nil }
        self.count = count
        self.temperature = temperature
        self.topK = topK
    }
}

/// Whether the true suffix is scored by forcing.
public enum Scoring: Codable, Hashable, Sendable {
    /// Not at all.
    case none
    /// From its first token to its last.
    case whole
    /// Until its log-probability is below a limit, in nats; what is left is an upper bound.
    case abandonedBelow(ln: Double)

    /// The limit, if there is one.
    var limit: Double? {
        if case .abandonedBelow(let ln) = self { ln } else { nil }
    }
}

/// How a probe is asked: by generated text, by the probability of the true text, or both.
public struct Instruments: Codable, Hashable, Sendable {
    /// Whether one greedy reply is generated.
    public var greedy: Bool
    /// The samples that are generated.
    public var samples: SamplingScheme?
    /// Whether the suffix is scored by forcing.
    public var likelihood: Scoring
    /// The search for the probability of a nearly verbatim reply, if there is one.
    public var nearVerbatimSearch: ConstrainedSearch.Options?

    /// Creates a choice of instruments; the default is one greedy reply, the cheapest of all.
    public init(
        greedy: Bool = true, samples: SamplingScheme? = nil, likelihood: Scoring = .none,
        nearVerbatimSearch: ConstrainedSearch.Options? = nil
    ) {
        self.greedy = greedy
        self.samples = samples
        self.likelihood = likelihood
        self.nearVerbatimSearch = nearVerbatimSearch
    }

    /// Whether anything is asked at all.
    var isEmpty: Bool { !greedy && samples == nil && likelihood == .none && nearVerbatimSearch == nil }

    /// Whether what these instruments see tells everything that others would.
    func answer(_ others: Instruments) -> Bool {
        (greedy || !others.greedy) && (others.samples == nil || samples == others.samples)
            && (others.likelihood == .none || likelihood == .whole || likelihood == others.likelihood)
            && (others.nearVerbatimSearch == nil || nearVerbatimSearch == others.nearVerbatimSearch)
    }

    /// Whether text is generated.
    public var generates: Bool { greedy || samples != nil }

    /// Whether log-probabilities are needed.
    public var needsProbabilities: Bool { likelihood != .none || nearVerbatimSearch != nil }

    /// The ways in which replies are drawn, in the order of their requests.
    func decodings(seed: UInt64) -> [ReplyDecoding] {
        var decodings: [ReplyDecoding] = greedy ? [.greedy] : []
        if let samples {
            // Every probe is asked with the same seeds, so that models are compared on the same draws.
            decodings += (0..<samples.count).map {
                .sample(seed: UInt32(truncatingIfNeeded: seed &+ UInt64($0)))
            }
        }
        return decodings
    }
}

/// How one reply was drawn.
public enum ReplyDecoding: Codable, Hashable, Sendable {
    /// Always the most probable token.
    case greedy
    /// At random.
    ///
    /// - Parameter seed: The seed that the server was given.
    case sample(seed: UInt32)

    /// What the request says.
    func sampling(_ scheme: SamplingScheme?) -> Sampling {
        switch (self, scheme) {
        case (.sample(let seed), let scheme?):
            .sampled(temperature: scheme.temperature, topK: scheme.topK, seed: seed)
        default: .greedy
        }
    }
}
