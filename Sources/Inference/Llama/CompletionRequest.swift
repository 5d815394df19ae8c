import Corpus

/// The number of one server slot; a slot holds one sequence at a time.
public struct SlotID: RawRepresentable, Hashable, Sendable {
    /// The slot's index on its server, from zero.
    public let rawValue: Int

    /// Creates the identifier of the slot with the given index.
    public init(rawValue: Int) { self.rawValue = rawValue }
}

/// How the server picks the next token.
public enum Sampling: Hashable, Sendable {
    /// Always the most probable token.
    case greedy
    /// A token drawn at random from the model's distribution.
    ///
    /// - Parameters:
    ///   - temperature: Softmax temperature; 1 leaves the distribution as it is.
    ///   - topK: Number of candidates kept; 0 keeps all.
    ///   - seed: Seed of the server's generator.
    case sampled(temperature: Double, topK: Int, seed: UInt32)
}

/// What the reply is made to be, whatever the model would rather say.
public enum Constraint: Hashable, Sendable {
    /// The model is free.
    case free
    /// A GBNF grammar, with a bias towards tokens that the grammar alone would leave ambiguous.
    case grammar(String, favouring: [TokenID])
    /// One token is given an overwhelming bias at every position.
    case token(TokenID)
}

/// One `POST /completion` to a llama.cpp server, with every sampler field stated.
///
/// Server defaults differ between versions, and some of them (a repeat penalty above 1, say) suppress recall; a request
/// therefore never leaves a field to the default.
public struct CompletionRequest: Hashable, Sendable {
    /// The context, in tokens; sent as ids so that the server adds nothing.
    public var prompt: [TokenID]
    /// Most tokens to generate.
    public var maximumTokens: Int
    /// Number of most probable tokens reported per position; 0 asks for no probabilities.
    public var topProbabilities: Int
    /// How the next token is picked.
    public var sampling: Sampling
    /// What the reply is made to be.
    public var constraint: Constraint
    /// Whether the server may reuse the part of the prompt that the slot still holds.
    public var reusesCache: Bool
    /// The slot to run on, or `nil` for any.
    public var slot: SlotID?

    /// The bias, in logits, that makes a token certain to be sampled while a 32-bit float still resolves it.
    static let overwhelmingBias = 1000

    /// Creates a request; the defaults are a free greedy run without probabilities and without cache reuse.
    public init(
        prompt: [TokenID], maximumTokens: Int, topProbabilities: Int = 0, sampling: Sampling = .greedy,
        constraint: Constraint = .free, reusesCache: Bool = false, slot: SlotID? = nil
    ) {
        self.prompt = prompt
        self.maximumTokens = maximumTokens
        self.topProbabilities = topProbabilities
        self.sampling = sampling
        self.constraint = constraint
        self.reusesCache = reusesCache
        self.slot = slot
    }

    /// The exact bytes of the request body; equal requests give equal bytes.
    public var body: [UInt8] {
        var json = JSONText(capacity: 640 + prompt.count * 6)
        json.raw("{\"prompt\":")
        json.integers(prompt.lazy.map(\.rawValue))
        json.raw(",\"n_predict\":")
        json.integer(maximumTokens)
        json.raw(",\"n_probs\":")
        json.integer(topProbabilities)
        json.raw(",\"post_sampling_probs\":false,\"return_tokens\":true,\"stream\":false,\"stop\":[]")
        switch sampling {
        case .greedy:
            // One candidate is left after top-k, so temperature and seed have no say. At large vocabularies this is
            // far faster than an empty sampler list with a negative temperature.
            json.raw(",\"samplers\":[\"top_k\"],\"top_k\":1,\"temperature\":1,\"seed\":0")
        case .sampled(let temperature, let topK, let seed):
            json.raw(",\"samplers\":[\"top_k\",\"temperature\"],\"top_k\":")
            json.integer(topK)
            json.raw(",\"temperature\":")
            json.number(temperature)
            json.raw(",\"seed\":")
            json.integer(seed)
        }
        json.raw(",\"top_p\":1,\"min_p\":0,\"typical_p\":1,\"repeat_penalty\":1,\"repeat_last_n\":0")
        json.raw(",\"presence_penalty\":0,\"frequency_penalty\":0,\"dry_multiplier\":0,\"xtc_probability\":0")
        json.raw(",\"dynatemp_range\":0,\"mirostat\":0,\"ignore_eos\":false,\"cache_prompt\":")
        if reusesCache { json.raw("true") } else { json.raw("false") }
        if let slot {
            json.raw(",\"id_slot\":")
            json.integer(slot.rawValue)
        }
        switch constraint {
        case .free: break
        case .grammar(let grammar, let favoured):
            json.raw(",\"grammar\":")
            json.string(grammar)
            appendBias(towards: favoured, to: &json)
        case .token(let token): appendBias(towards: [token], to: &json)
        }
        json.raw(",\"response_fields\":[\"tokens\"")
        // What was forced is known already.
        if constraint == .free { json.raw(",\"content\"") }
        json.raw(",\"completion_probabilities\",\"stop_type\",\"truncated\",\"tokens_evaluated\"]}")
        return json.bytes
    }

    private func appendBias(towards tokens: [TokenID], to json: inout JSONText) {
        guard !tokens.isEmpty else { return }
        json.raw(",\"logit_bias\":[")
        for (index, token) in tokens.enumerated() {
            if index > 0 { json.raw(",") }
            json.raw("[")
            json.integer(token.rawValue)
            json.raw(",")
            json.integer(Self.overwhelmingBias)
            json.raw("]")
        }
        json.raw("]")
    }
}
