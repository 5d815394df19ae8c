import Corpus
import Randomness

/// Random search over free tokens before the prefix: the best of a batch of single-token changes replaces the prompt
/// when it is better.
///
/// The gradient-free variant of MiniPrompt (Schwarzschild et al., 2024): 5 free tokens to begin with, batches of 100,
/// and optionally its rule for the shortest prompt: after a success one token less, after a failure 5 tokens more and a
/// fifth more steps, until the shortest success stands next to the longest failure. There the free tokens are the whole
/// prompt; for that, search a window with an empty prefix.
public struct RandomTokens: SampleStrategy {
    /// How the search goes about.
    public struct Options: Hashable, Sendable {
        /// Free tokens to begin with.
        public var tokens = 5
        /// Proposals of one step.
        public var batch = 100
        /// Steps at one length.
        public var steps = 200
        /// Whether the shortest prompt is looked for.
        public var looksForShorter = false
        /// Most free tokens.
        public var longest = 64

        /// Creates the published options.
        public init() {}
    }

    private let options: Options
    private let leading: [TokenID]
    private let vocabulary: Int
    private var generator: SeededGenerator
    private var current: SampleTrial?
    private var shortestSuccess: Int?
    private var longestFailure = 0
    private var length: Int
    private var step = 0
    private var stepsAllowed: Int
    private var proposed = 0
    private var hasSucceeded = false

    /// Creates a search for one document.
    ///
    /// - Parameters:
    ///   - leading: What the model's tokenizer puts before every text.
    ///   - vocabulary: Number of tokens in the vocabulary; free tokens are drawn from all of them alike.
    ///   - options: How the search goes about; numbers below 1 count as 1.
    ///   - seed: Seed of all draws.
    ///   - document: The document's name, which gives every document draws of its own.
    public init(
        leading: [TokenID], vocabulary: Int, options: Options = Options(), seed: UInt64, document: ArmedDocument
    ) {
        self.options = options
        self.leading = leading
        self.vocabulary = min(max(1, vocabulary), Int(Int32.max))
        generator = SeededGenerator(
            seed: seed, stream: "random-tokens/\(document.arm.rawValue)/\(document.document.rawValue)")
        length = min(max(1, options.tokens), max(1, options.longest))
        stepsAllowed = max(1, options.steps)
    }

    /// Whether the options ask for the shortest prompt.
    public var looksForShorter: Bool { options.looksForShorter }

    /// None: free tokens are drawn blindly.
    public mutating func contextsOfInterest() -> [[TokenID]] { [] }

    /// Proposes free tokens to begin with, then changes of the best ones.
    public mutating func propose(suggestions: [[TokenID]]) -> [Elicitation] {
        if hasSucceeded || step >= stepsAllowed {
            guard options.looksForShorter, changeLength() else { return [] }
        }
        step += 1
        guard let core = current?.prompt.core(after: leading) else {
            return [elicitation((0..<length).map { _ in token() })]
        }
        return (0..<max(1, options.batch)).map { _ in
            var tokens = core
            tokens[generator.next(below: tokens.count)] = token()
            return elicitation(tokens)
        }
    }

    /// Keeps the prompt when it is better than the one that is being changed.
    public mutating func take(_ trial: SampleTrial) -> Bool {
        guard let core = trial.prompt.core(after: leading), !core.isEmpty, core.count <= options.longest,
            trial.score != nil
        else { return true }
        if trial.isRecited {
            hasSucceeded = true
            shortestSuccess = min(shortestSuccess ?? .max, core.count)
        }
        if trial.beats(current) {
            current = trial
            length = core.count
        }
        return !hasSucceeded
    }

    /// Goes to the next length, or tells that there is none left to try.
    private mutating func changeLength() -> Bool {
        if hasSucceeded {
            length = (shortestSuccess ?? length) - 1
        } else {
            longestFailure = max(longestFailure, length)
            length += Self.tokensAfterFailure
            stepsAllowed = Int((Double(stepsAllowed) * Self.stepsAfterFailure).rounded(.up))
        }
        if let shortestSuccess { length = min(length, shortestSuccess - 1) }
        guard length > longestFailure, length >= 1, length <= options.longest else { return false }
        hasSucceeded = false
        step = 0
        // The tokens that did best are kept as far as they go.
        let kept = current?.prompt.core(after: leading) ?? []
        let tokens = Array(kept.prefix(length)) + (0..<max(0, length - kept.count)).map { _ in token() }
        current = SampleTrial(prompt: elicitation(tokens), score: nil, isRecited: false)
        return true
    }

    private mutating func token() -> TokenID { TokenID(Int32(generator.next(below: vocabulary))) }

    private mutating func elicitation(_ tokens: [TokenID]) -> Elicitation {
        proposed += 1
        return Elicitation(id: PromptID(rawValue: "random.\(proposed)"), before: leading + tokens)
    }

    static let tokensAfterFailure = 5
    static let stepsAfterFailure = 1.2
}
