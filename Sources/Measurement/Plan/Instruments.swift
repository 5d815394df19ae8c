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

/// How a probe is asked: by generated text, by the probability of the true text, or both.
public struct Instruments: Codable, Hashable, Sendable {
    /// Whether one greedy reply is generated.
    public var greedy: Bool
    /// The samples that are generated.
    public var samples: SamplingScheme?
    /// Whether the suffix is scored by forcing.
    public var likelihood: Bool
    /// The search for the probability of a nearly verbatim reply, if there is one.
    public var nearVerbatim: ConstrainedSearch.Options?

    /// Creates a choice of instruments; the default is one greedy reply, the cheapest of all.
    public init(
        greedy: Bool = true, samples: SamplingScheme? = nil, likelihood: Bool = false,
        nearVerbatim: ConstrainedSearch.Options? = nil
    ) {
        self.greedy = greedy
        self.samples = samples
        self.likelihood = likelihood
        self.nearVerbatim = nearVerbatim
    }

    /// Whether anything is asked at all.
    var isEmpty: Bool { !greedy && samples == nil && !likelihood && nearVerbatim == nil }

    /// Whether text is generated.
    public var generates: Bool { greedy || samples != nil }

    /// Whether log-probabilities are needed.
    public var needsProbabilities: Bool { likelihood || nearVerbatim != nil }

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
