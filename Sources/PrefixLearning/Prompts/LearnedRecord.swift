import Corpus

/// How prompts were learned: for which model and corpus, at what cost, and out of which candidates.
public struct LearnedRecord: Codable, Hashable, Sendable {
    /// The model, as ``/Inference/ServerProperties/modelIdentity`` tells it.
    public let model: String
    /// The SHA-256 of the corpus that was learned from, in lower-case hexadecimal digits.
    public let corpusDigest: String
    /// The seed of all random choices.
    public let seed: UInt64
    /// The most requests that might be sent.
    public let budget: Int
    /// The requests that were sent.
    public let spentCalls: Int
    /// The fold of documents on which the lift was measured.
    public let fold: String
    /// What the prompts gained over the empty one.
    public let lift: MeasuredLift
    /// Every candidate that was tried, the winners included.
    public let candidates: [TriedCandidate]
    /// The exact tokens of prompts that need no metadata, for the model above.
    ///
    /// The text of a learned prompt need not give back the same tokens; where the model is the same, these are used.
    public let tokens: [Elicitation]

    enum CodingKeys: String, CodingKey {
        case model, seed, budget, fold, lift, candidates, tokens
        case corpusDigest = "corpus sha256"
        case spentCalls = "spent calls"
    }

    /// Creates a record.
    public init(
        model: String, corpusDigest: String, seed: UInt64, budget: Int, spentCalls: Int, fold: String,
        lift: MeasuredLift, candidates: [TriedCandidate], tokens: [Elicitation]
    ) {
        self.model = model
        self.corpusDigest = corpusDigest
        self.seed = seed
        self.budget = budget
        self.spentCalls = spentCalls
        self.fold = fold
        self.lift = lift
        self.candidates = candidates
        self.tokens = tokens
    }
}

/// A mean gain over the empty prompt with its confidence interval.
public struct MeasuredLift: Codable, Hashable, Sendable {
    /// The mean over documents, in probability per token of the suffix.
    public let mean: Double
    /// The lower end of the interval.
    public let low: Double
    /// The upper end of the interval.
    public let high: Double
    /// The confidence level of the interval, such as 0.95.
    public let level: Double
    /// The number of documents behind the mean.
    public let documents: Int

    /// Creates a measurement.
    public init(mean: Double, low: Double, high: Double, level: Double, documents: Int) {
        self.mean = mean
        self.low = low
        self.high = high
        self.level = level
        self.documents = documents
    }
}

/// One candidate of a search for prompts, and how far it came.
public struct TriedCandidate: Codable, Hashable, Sendable {
    /// The name under which it ran.
    public let id: PromptID
    /// Where it came from: the prompt file, the corpus' metadata, the model's own samples, another model.
    public let source: String
    /// The number of rounds after which it was still running.
    public let roundsSurvived: Int
    /// The mean gain over the empty prompt.
    public let meanLift: ArmLifts

    /// Mean gains of the two arms, in probability per token of the suffix; nil where no document was scored.
    public struct ArmLifts: Codable, Hashable, Sendable {
        /// Over suspect documents.
        public let suspect: Double?
        /// Over controls.
        public let control: Double?

        /// Creates the two means.
        public init(suspect: Double?, control: Double?) {
            self.suspect = suspect
            self.control = control
        }
    }

    enum CodingKeys: String, CodingKey {
        case id, source
        case roundsSurvived = "rounds survived"
        case meanLift = "mean lift"
    }

    /// Creates a candidate.
    public init(id: PromptID, source: String, roundsSurvived: Int, meanLift: ArmLifts) {
        self.id = id
        self.source = source
        self.roundsSurvived = roundsSurvived
        self.meanLift = meanLift
    }

    /// Tells how far a candidate came in a race.
    ///
    /// - Parameters:
    ///   - standing: Its place in the ranking.
    ///   - source: Where it came from.
    public init(_ standing: RaceStanding, source: String) {
        self.init(
            id: standing.prompt, source: source, roundsSurvived: standing.rounds,
            meanLift: ArmLifts(suspect: standing.contrast?.suspectLift, control: standing.contrast?.controlLift))
    }
}
