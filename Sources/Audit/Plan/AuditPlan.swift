import Corpus
import Inference
import PrefixLearning
import Statistics

/// How much is asked about every window.
public enum Staging: String, Codable, Hashable, Sendable, CaseIterable {
    /// A short forced score for every window; more only where it can matter.
    case staged
    /// The whole suffix of every window is generated and scored.
    case full
    /// Text only, for servers whose log-probabilities cannot be trusted or are not given.
    case generationOnly = "generation-only"
}

/// Whether a run may end before every document has been asked about.
public enum Stopping: String, Codable, Hashable, Sendable, CaseIterable {
    /// As soon as the extraction evidence of the pairs so far decides.
    case early
    /// Never.
    case never
}

/// When a suffix counts as extractable by sampling: at least once in `samples` tries with probability `probability`
/// (Hayes et al., 2024).
public struct Extractability: Codable, Hashable, Sendable {
    /// Number of tries.
    public let samples: Int
    /// Probability that at least one of them succeeds.
    public let probability: Double

    /// Creates a criterion, or `nil` unless `samples ≥ 1` and `0 < probability < 1`.
    public init?(samples: Int, probability: Double) {
        guard samples >= 1, probability > 0, probability < 1 else { return nil }
        self.samples = samples
        self.probability = probability
    }

    private init(checkedSamples: Int, checkedProbability: Double) {
        samples = checkedSamples
        probability = checkedProbability
    }

    /// Once in 1,000 tries, as likely as not.
    public static let standard = Extractability(checkedSamples: 1000, checkedProbability: 0.5)
}

/// Everything that decides what is sent and how it is judged, fixed before the first request.
///
/// The plan's canonical JSON is hashed, the hash stands in the journal's first line, and a run directory accepts only
/// the plan that it was begun with.
public struct AuditPlan: Codable, Hashable, Sendable {
    /// Version of this format and of the procedure that it describes.
    public static let currentVersion = 3

    /// Which documents of one arm take part.
    public struct ArmPlan: Codable, Hashable, Sendable {
        /// Number of documents that are tested.
        public let documents: Int
        /// Number of windows.
        public let windows: Int
        /// SHA-256 over the names and texts of the tested documents in the order of their names.
        public let sha256: String

        package init(documents: Int, windows: Int, sha256: String) {
            self.documents = documents
            self.windows = windows
            self.sha256 = sha256
        }
    }

    /// ``currentVersion`` of the program that made the plan.
    public let version: Int
    /// Probability of calling an innocent model guilty, over both tests together.
    public let alpha: Double
    /// The part of ``alpha`` that is spent on the extraction test; the rest is spent on the likelihood test.
    public let extractionShare: Double
    /// The rate of extracted documents above which a model is not cleared.
    public let delta: Double
    /// Length of prefix and suffix, in tokens.
    public let shape: WindowShape
    /// Most windows per document.
    public let windowsPerDocument: Int
    /// Number of suffix tokens that are scored in every window for the likelihood test.
    public let scoredTokens: Int
    /// Whether the run may end before every document has been asked about.
    public let stopping: Stopping
    /// How the e-process of a run that may end early bets.
    public let bet: TwoProportionBet
    /// Number of pairs of a suspect and a control document.
    public let pairs: Int
    /// How much is asked about every window.
    public let staging: Staging
    /// When a suffix counts as extractable by sampling.
    public let extractability: Extractability
    /// What is put around prefixes: one way for all documents, or the bare prefix and what was learned, of which each
    /// document has one.
    public let elicitations: [Elicitation]
    /// How the elicitations were learned, or `nil` when nothing was learned.
    public let learning: LearningSummary?
    /// Whether the server is used for speed or for identical numbers.
    public let strictness: Strictness
    /// Seed of every random choice.
    public let seed: UInt64
    /// Number of random arrangements of the permutation test.
    public let resamples: Int
    /// The corpus that may have been memorized.
    public let suspect: ArmPlan
    /// The held-out corpus, if there is one.
    public let control: ArmPlan?
    /// The model, as its servers describe it.
    public let model: String
    /// SHA-256 over every window's position, context and suffix, in the order in which they are sent.
    public let probes: String
    /// A run against a model that cannot have seen the documents, if one was named.
    public let negativeControl: NegativeControl?

    /// Puts a plan together; ``Planner`` does it for an audit.
    package init(
        version: Int = AuditPlan.currentVersion, alpha: Double, extractionShare: Double, delta: Double,
        shape: WindowShape, windowsPerDocument: Int, scoredTokens: Int, stopping: Stopping, bet: TwoProportionBet,
        pairs: Int, staging: Staging, extractability: Extractability, elicitations: [Elicitation],
        learning: LearningSummary? = nil, strictness: Strictness, seed: UInt64, resamples: Int, suspect: ArmPlan,
        control: ArmPlan?, model: String,
        probes: String, negativeControl: NegativeControl? = nil
    ) {
        self.version = version
        self.alpha = alpha
        self.extractionShare = extractionShare
        self.delta = delta
        self.shape = shape
        self.windowsPerDocument = windowsPerDocument
        self.scoredTokens = scoredTokens
        self.stopping = stopping
        self.bet = bet
        self.pairs = pairs
        self.staging = staging
        self.extractability = extractability
        self.elicitations = elicitations
        self.learning = learning
        self.strictness = strictness
        self.seed = seed
        self.resamples = resamples
        self.suspect = suspect
        self.control = control
        self.model = model
        self.probes = probes
        self.negativeControl = negativeControl
    }

    /// What is put around prefixes, in a word: the one elicitation's name, or how each document got its own.
    public var elicitationName: String {
        let used = elicitations.filter { $0.id != .none }
        if used.count <= 1 { return (used.first?.id ?? .none).rawValue }
        return learning?.mode.rawValue ?? "several"
    }

    /// The SHA-256 of the plan's canonical JSON.
    public func hash() throws(CanonicalJSONError) -> String { sha256Hex(try CanonicalJSON.encode(self)) }

    /// The level of the sequential half of the extraction test; `nil` in a run that does not end early.
    public var sequentialLevel: Double? {
        guard stopping == .early, pairs > 0 else { return nil }
        return Self.withoutRoundingDust(alpha * extractionShare / 2)
    }
    /// The level of the exact test for extraction, which is made when every document has been asked about.
    public var extractionLevel: Double {
        Self.withoutRoundingDust(alpha * extractionShare) - (sequentialLevel ?? 0)
    }
    /// The level of the likelihood test.
    public var likelihoodLevel: Double { Self.withoutRoundingDust(alpha * (1 - extractionShare)) }

    /// 0.007 and not 0.006999999999999999: levels are printed and compared as people write them.
    private static func withoutRoundingDust(_ level: Double) -> Double { (level * 1e12).rounded() / 1e12 }
}
