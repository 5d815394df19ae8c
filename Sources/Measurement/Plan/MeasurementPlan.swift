import Audit
import Corpus
import Inference
import Overlap
import PrefixLearning

/// Everything that decides what is sent and how it is counted, fixed before the first request.
///
/// The plan's canonical JSON is hashed, the hash stands in the journal's first line, and a run directory accepts only
/// the plan that it was begun with.
public struct MeasurementPlan: Codable, Hashable, Sendable {
    /// Version of this format and of the procedure that it describes.
    public static let currentVersion = 2

    /// How much is asked under one condition.
    public struct ConditionPlan: Codable, Hashable, Sendable {
        /// The condition.
        public let condition: ProbeCondition
        /// The number of documents that are long enough.
        public let documents: Int
        /// The number of probes.
        public let probes: Int
    }

    /// ``currentVersion`` of the program that made the plan.
    public let version: Int
    /// The name of the model that is asked.
    public let target: TargetName
    /// The model, as its servers describe it.
    public let model: String
    /// Where probes are put.
    public let grid: ProbeGrid
    /// How they are asked.
    public let instruments: Instruments
    /// What is put around prefixes; the first is nothing but what the tokenizer puts before every text.
    public let elicitations: [Elicitation]
    /// What is made equal before texts are compared.
    public let profile: NormalizationProfile
    /// Which words do not count.
    public let masks: MaskRules
    /// From which length on a repetition counts as regurgitation.
    public let threshold: RegurgitationThreshold
    /// The shortest run of words that counts as covering its place in the document.
    public let coveringWords: Int
    /// How runs of words become near-verbatim blocks.
    public let nearVerbatimRule: NearVerbatimRule
    /// The shortest run of words that is looked for in the whole corpus.
    public let corpusWords: Int
    /// Whether the server is used for speed or for identical numbers.
    public let strictness: Strictness
    /// Seed of the samples.
    public let seed: UInt64
    /// The published definition that the settings follow, if they do.
    public let preset: Preset.ID?
    /// The corpus that may have been memorized.
    public let suspect: AuditPlan.ArmPlan
    /// The held-out corpus, if there is one.
    public let control: AuditPlan.ArmPlan?
    /// How much is asked under each condition, in order.
    public let conditions: [ConditionPlan]
    /// SHA-256 over every probe's place and tokens, in the order in which they are sent.
    public let probes: String

    init(
        _ options: MeasureOptions, target: TargetName, model: String, elicitations: [Elicitation],
        suspect: AuditPlan.ArmPlan, control: AuditPlan.ArmPlan?, conditions: [ConditionPlan], probes: String
    ) {
        version = Self.currentVersion
        self.target = target
        self.model = model
        grid = options.grid
        instruments = options.instruments
        self.elicitations = elicitations
        profile = options.profile
        masks = options.masks
        threshold = options.threshold
        coveringWords = options.coveringWords
        nearVerbatimRule = options.nearVerbatimRule
        corpusWords = options.corpusWords
        strictness = options.strictness
        seed = options.seed
        preset = options.preset
        self.suspect = suspect
        self.control = control
        self.conditions = conditions
        self.probes = probes
    }

    /// The SHA-256 of the plan's canonical JSON.
    public func hash() throws(CanonicalJSONError) -> String { sha256Hex(try CanonicalJSON.encode(self)) }

    /// The number of probes.
    public var probeCount: Int { conditions.reduce(0) { $0 + $1.probes } }

    /// The number of requests that text generation takes, which is what a measurement costs; scoring comes on top.
    public var generations: Int { probeCount * instruments.decodings(seed: seed).count }
}
