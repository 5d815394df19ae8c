import Corpus

/// Something that answers completion requests: a server, or a scripted stand-in where faults are tested.
public protocol CompletionSource: Sendable {
    /// Answers one request.
    ///
    /// - Parameters:
    ///   - request: What to generate and under which constraint.
    ///   - lookup: A token whose log-probability is wanted from the list of the first generated position.
    /// - Throws: ``InferenceError`` when no usable reply came.
    func complete(_ request: CompletionRequest, lookingUp lookup: TokenID?) async throws(InferenceError) -> Completion

    /// Scores a whole prompt by prompt log-probabilities.
    ///
    /// - Returns: One entry per prompt token; the first has no score.
    /// - Throws: ``InferenceError`` when the server has no prompt log-probabilities.
    func echo(_ prompt: [TokenID]) async throws(InferenceError) -> [EchoedToken]

    /// Where the answers come from, for messages.
    var name: String { get }
}

/// One prompt token as `/v1/completions` with `echo` reports it.
public struct EchoedToken: Hashable, Sendable {
    /// Log-probability in nats; `nil` for the first token of a prompt.
    public let ln: Double?
    /// Whether no other token was more probable.
    public let isGreedy: Bool

    /// Creates an entry.
    public init(ln: Double?, isGreedy: Bool) {
        self.ln = ln
        self.isGreedy = isGreedy
    }
}
