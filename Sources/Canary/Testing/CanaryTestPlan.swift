import Audit
import Corpus
import Inference

/// What decides the outcome of a test, fixed before the first question.
public struct CanaryTestPlan: Sendable, Hashable, Codable {
    /// Version of the procedure; a change that could alter a verdict raises it.
    public static let currentVersion = 1

    /// Version of the procedure.
    public let version: Int
    /// SHA-256 of the secret file.
    public let commitment: String
    /// Number of canaries.
    public let canaries: Int
    /// Siblings of one canary, the published one among them.
    public let siblings: Int
    /// Random bits of one secret.
    public let bits: Int
    /// Probability of calling an innocent model guilty, at most.
    public let alpha: Double
    /// Seed of the order of the questions.
    public let seed: UInt64
    /// Whether one slot and no cache are used.
    public let strictness: Strictness
    /// The model, as its server names it.
    public let model: String
    /// Tokens that are put before every text.
    public let leading: [TokenID]

    /// Fixes a plan.
    ///
    /// - Throws: ``CanaryError/invalidOption(name:value:requirement:)`` when no outcome of the test could reach α.
    public init(
        secretFile: SecretFile, levels: CanaryLevels, seed: UInt64, strictness: Strictness, model: String,
        leading: [TokenID]
    ) throws(CanaryError) {
        let design = secretFile.canaries.design
        try design.requirePossibleDecision(at: levels)
        version = Self.currentVersion
        commitment = secretFile.commitment
        canaries = design.count
        siblings = design.siblings
        bits = design.secret.bits
        alpha = levels.alpha
        self.seed = seed
        self.strictness = strictness
        self.model = model
        self.leading = leading
    }

    /// SHA-256 of the plan's canonical JSON.
    public func hash() throws(CanonicalJSONError) -> String { sha256Hex(try CanonicalJSON.encode(self)) }
}
