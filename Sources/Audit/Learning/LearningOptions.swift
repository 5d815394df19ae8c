import Corpus
import PrefixLearning

/// What a user can set about learning prefixes.
public struct LearningOptions: Sendable {
    /// What is learned.
    public var mode: LearningMode
    /// What learning may cost.
    public var budget: LearningBudget
    /// Share of the documents that is learned from and then not tested.
    public var share: LearningFraction
    /// The prompts that compete.
    public var prompts: [PromptTemplate]
    /// Exact tokens of prompts that were learned before, for a model's identity.
    public var exact: @Sendable (_ model: String) -> [PromptID: Elicitation]
    /// The way to the language model that writes headers, if there is one.
    public var inducer: (any InducerAccess)?

    /// Creates options.
    public init(
        mode: LearningMode, budget: LearningBudget, share: LearningFraction, prompts: [PromptTemplate],
        exact: @escaping @Sendable (_ model: String) -> [PromptID: Elicitation] = { _ in [:] },
        inducer: (any InducerAccess)? = nil
    ) {
        self.mode = mode
        self.budget = budget
        self.share = share
        self.prompts = prompts
        self.exact = exact
        self.inducer = inducer
    }

    /// SHA-256 over the prompts that compete, in order.
    ///
    /// - Throws: ``PromptError`` when a prompt has no written form.
    func promptsDigest() throws -> String {
        guard !prompts.isEmpty else { return sha256Hex([]) }
        let file = PromptFile(family: "", licence: "", provenance: "", prompts: prompts)
        return sha256Hex(Array(try file.text().utf8))
    }
}
