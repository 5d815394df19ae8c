import TextLearning

/// How a prefix policy is learned.
public struct PolicyOptions: Encodable, Hashable, Sendable {
    /// The largest number of prompts it may choose among, 1 … 256.
    public var poolSize = 8
    /// The temperature τ of the targets in nats: a prompt that is τ nats better on a window's whole suffix gets e times
    /// the share; above 0.
    public var temperature = 2.0
    /// The number of tokens *m* of a suffix, at least 1; lifts are per token.
    public var suffixTokens = 50
    /// The pull of all weights towards zero, 10⁻⁶ … 10⁶; see `SoftmaxOptions`.
    public var penalty = 0.1
    /// The number of folds of the out-of-fold estimate, at least 2.
    public var folds = 5
    /// The rule by which the policy replaces the best single prompt.
    public var rule = FinalChoice()
    /// What turns texts into features.
    public var hasher: FeatureHasher

    /// Eight prompts, τ = 2 nats over 50 tokens, five folds, the standard rule at level 0.01, features hashed to 2¹²
    /// places.
    public init() {
        hasher = (try? FeatureHasher(dimensionBits: 12, seed: 0)) ?? .standard
    }
}
