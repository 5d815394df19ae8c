import Corpus

/// A way to look for a prompt that makes a model recite one document.
///
/// A strategy is a value without effects: it proposes prompts, is told what each was worth, and proposes again. Equal
/// strategies that are told the same propose the same.
public protocol SampleStrategy: Sendable {
    /// Whether a recitation ends the search only when no shorter prompt is looked for.
    var looksForShorter: Bool { get }

    /// Contexts after which the next proposals need the target's most likely tokens; each costs a request.
    mutating func contextsOfInterest() -> [[TokenID]]

    /// Proposes prompts, in the order in which they are to be tried; none when the strategy is at its end.
    ///
    /// - Parameter suggestions: The most likely tokens after each of ``contextsOfInterest()``, best first.
    mutating func propose(suggestions: [[TokenID]]) -> [Elicitation]

    /// Takes what a prompt was worth: one of the proposals, or a prompt that was known before the search.
    ///
    /// - Returns: Whether the rest of the proposals is still worth trying.
    mutating func take(_ trial: SampleTrial) -> Bool
}

/// What a prompt was worth on one document.
public struct SampleTrial: Hashable, Sendable {
    /// The prompt.
    public let prompt: Elicitation
    /// The mean log-probability of the suffix's tokens, in probability per token; `nil` when no answer could be had.
    public let score: Double?
    /// Whether the model recites the suffix when it decodes greedily.
    public let isRecited: Bool

    /// Creates a trial.
    public init(prompt: Elicitation, score: Double?, isRecited: Bool) {
        self.prompt = prompt
        self.score = score.flatMap { $0.isFinite ? $0 : nil }
        self.isRecited = isRecited
    }

    /// Whether this is the better one: by recitation, then by score, then, both reciting, by length.
    func beats(_ other: SampleTrial?) -> Bool {
        guard let other else { return true }
        if isRecited != other.isRecited { return isRecited }
        if isRecited, prompt.tokenCount != other.prompt.tokenCount {
            return prompt.tokenCount < other.prompt.tokenCount
        }
        return (score ?? -.infinity) > (other.score ?? -.infinity)
    }
}

extension Elicitation {
    /// The tokens before the prefix without those that stand before every text; `nil` when the prompt cannot be changed
    /// token by token because something stands after the prefix, or nothing leads it.
    func core(after leading: [TokenID]) -> [TokenID]? {
        guard after.isEmpty, before.starts(with: leading) else { return nil }
        return Array(before.dropFirst(leading.count))
    }
}
