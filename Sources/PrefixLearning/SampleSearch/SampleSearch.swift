import Corpus

/// The search for a prompt that makes a model recite one document: says what to ask next, takes the answer.
///
/// A value without effects: the same answers lead to the same questions and the same outcome, so a recorded search can
/// be replayed. What it finds is evidence on single documents. A test must not use it: a prompt that was fitted to a
/// document says nothing of what the model would do unasked.
///
/// Prompts that are known before, such as learned prefixes, are tried first: where the first recitation ends the search
/// by a greedy run each, which is one request, and by their scores when none recites. A prompt that gives the document away is
/// not tried at all. Whatever the forced score says, a document counts as extracted only when a real greedy run gives
/// its suffix token by token.
public struct SampleSearch: Sendable {
    /// When a search ends, besides at the end of its strategy.
    public struct Limits: Hashable, Sendable {
        /// Whether the first recitation ends the search.
        public var stopsEarly: Bool
        /// Most requests to the target.
        public var mostCalls: Int

        /// Sets limits.
        public init(stopsEarly: Bool, mostCalls: Int = .max) {
            self.stopsEarly = stopsEarly
            self.mostCalls = mostCalls
        }
    }

    /// What is asked of the target.
    public enum Question: Hashable, Sendable {
        /// The forced score of the document's suffix.
        case score(Elicitation)
        /// The most likely tokens after a context.
        case suggestions([TokenID])
        /// A greedy run as long as the suffix.
        case recitation(Elicitation)
    }

    /// What the target answered.
    public enum Answer: Hashable, Sendable {
        /// The forced score: probability per token, and whether greedy decoding would take every token.
        case score(Double, isGreedy: Bool)
        /// The most likely tokens, best first.
        case suggestions([TokenID])
        /// Whether the run gave the suffix token by token.
        case recitation(Bool)
        /// No answer could be had.
        case none
    }

    /// The document.
    public let document: ArmedDocument
    /// The next question; `nil` at the end.
    public private(set) var question: Question?
    /// Requests made so far.
    public private(set) var calls = 0

    private let limits: Limits
    private let refuses: @Sendable (Elicitation) -> Bool
    private var strategy: any SampleStrategy
    private var unrun: [Elicitation]
    private var waiting: [Elicitation]
    private var contexts: [[TokenID]] = []
    private var suggestions: [[TokenID]] = []
    private var pending: (prompt: Elicitation, score: Double)?
    private var best: SampleTrial?
    private var questions = 0
    private var tried = 0
    private var leaks = 0

    /// Begins a search.
    ///
    /// - Parameters:
    ///   - document: The document's name.
    ///   - strategy: What proposes prompts.
    ///   - known: Prompts to try before any proposal, best first.
    ///   - limits: When to end.
    ///   - refuses: Whether a prompt gives the document away.
    public init(
        document: ArmedDocument, strategy: any SampleStrategy, known: [Elicitation] = [], limits: Limits,
        refuses: @escaping @Sendable (Elicitation) -> Bool
    ) {
        self.document = document
        self.strategy = strategy
        self.limits = limits
        self.refuses = refuses
        unrun = limits.stopsEarly ? known.reversed() : []
        waiting = known.reversed()
        advance()
    }

    /// What came of the search so far.
    public var outcome: SampleOutcome {
        SampleOutcome(
            document: document, isExtracted: best?.isRecited ?? false, prompt: best?.prompt, score: best?.score,
            calls: calls, questions: questions, promptsTried: tried, promptsRefused: leaks)
    }

    /// Takes the answer to ``question``.
    ///
    /// An answer of another kind counts as none.
    ///
    /// - Parameters:
    ///   - answer: The answer.
    ///   - requests: The requests that it took.
    public mutating func take(_ answer: Answer, requests: Int) {
        guard let question else { return }
        calls += max(0, requests)
        questions += 1
        switch question {
        case .suggestions:
            if case .suggestions(let tokens) = answer { suggestions.append(tokens) } else { suggestions.append([]) }
            contexts.removeFirst()
        case .score(let prompt):
            tried += 1
            guard case .score(let score, let isGreedy) = answer, score.isFinite else {
                finish(SampleTrial(prompt: prompt, score: nil, isRecited: false))
                break
            }
            if isGreedy, best?.isRecited != true || strategy.looksForShorter {
                pending = (prompt, score)
            } else {
                finish(SampleTrial(prompt: prompt, score: score, isRecited: false))
            }
        case .recitation(let prompt):
            let isRecited = if case .recitation(true) = answer { true } else { false }
            let promised = pending
            pending = nil
            if promised == nil {
                // A known prompt that failed is scored in its turn.
                guard isRecited else { break }
                tried += 1
            }
            finish(SampleTrial(prompt: prompt, score: promised?.score, isRecited: isRecited))
        }
        advance()
    }

    private mutating func finish(_ trial: SampleTrial) {
        if trial.beats(best) { best = trial }
        if !strategy.take(trial) { waiting = [] }
    }

    /// Finds the next question.
    private mutating func advance() {
        question = nil
        if let pending {
            // A run that a score promises is worth its request even beyond the limit.
            question = .recitation(pending.prompt)
            return
        }
        guard calls < limits.mostCalls, !(limits.stopsEarly && best?.isRecited == true) else { return }
        // Of prompts that are expected to do, a run is all that is wanted.
        while let prompt = unrun.popLast() {
            if refuses(prompt) { continue }
            question = .recitation(prompt)
            return
        }
        while true {
            if let context = contexts.first {
                question = .suggestions(context)
                return
            }
            while let prompt = waiting.popLast() {
                if refuses(prompt) {
                    leaks += 1
                } else {
                    question = .score(prompt)
                    return
                }
            }
            if suggestions.isEmpty {
                contexts = strategy.contextsOfInterest()
                if !contexts.isEmpty { continue }
            }
            waiting = strategy.propose(suggestions: suggestions).reversed()
            suggestions = []
            if waiting.isEmpty { return }
        }
    }
}

/// What a search for one document has found.
public struct SampleOutcome: Hashable, Codable, Sendable {
    /// The document.
    public let document: ArmedDocument
    /// Whether a greedy run gave the suffix token by token.
    public let isExtracted: Bool
    /// The best prompt; `nil` when none could be tried.
    public let prompt: Elicitation?
    /// Its score, in probability per token of the suffix; `nil` when it recited at once and no score was asked for.
    public let score: Double?
    /// Requests to the target, all of them.
    public let calls: Int
    /// What was asked: scores, runs and lists of likely tokens.
    ///
    /// A score of a suffix with characters of several bytes can
    /// take more than one request; a published count is of these.
    public let questions: Int
    /// Prompts that were tried.
    public let promptsTried: Int
    /// Proposals that were not tried because they share a stretch with a document.
    public let promptsRefused: Int
}
