import Corpus
import Inference

/// A token that may come next, and how probable it is.
public struct TokenCandidate: Hashable, Sendable {
    /// The token.
    public let token: TokenID
    /// Its log-probability given everything before it, over the whole vocabulary, in nats.
    public let ln: Double

    /// Creates a candidate.
    public init(token: TokenID, ln: Double) {
        self.token = token
        self.ln = ln
    }
}

/// Something that tells which tokens are likely to come next: a server, or a model in miniature in tests.
public protocol NextTokenSource: Sendable {
    /// The most probable next tokens.
    ///
    /// - Parameters:
    ///   - path: What the model has said so far, after a context that the source knows.
    ///   - count: The number of tokens wanted; fewer may come.
    ///   - wanted: A token whose log-probability is wanted in any case.
    /// - Returns: Different tokens in any order, the wanted one among them unless its probability cannot be known.
    /// - Throws: `InferenceError` when no usable answer came.
    func candidates(
        after path: [TokenID], count: Int, including wanted: TokenID
    ) async throws(InferenceError) -> [TokenCandidate]
}
