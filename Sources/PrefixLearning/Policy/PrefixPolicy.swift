import TextLearning

/// Chooses a prompt for a text from the text alone: one forward pass, no search and no request.
///
/// Below the surface it is a softmax regression over a small pool of prompts; the most probable one is chosen. Where
/// learning found no credible gain over a single prompt it is one prompt for every text.
public struct PrefixPolicy: Hashable, Sendable {
    /// The single prompt that the policy falls back on.
    public let universal: PromptID
    /// How texts are told apart; nil when every text gets ``universal``.
    public let choice: Choice?
    /// What out-of-fold documents said of the policy against the best single prompt.
    public let estimate: PolicyEstimate

    /// A text model and what its classes mean.
    public struct Choice: Hashable, Sendable {
        /// The prompts that are chosen among, each once.
        public let pool: [PromptID]
        /// The model; it has as many classes as the pool has prompts.
        public let model: SoftmaxRegression

        /// Puts a model and its classes together, or gives nil when they do not fit.
        init?(pool: [PromptID], model: SoftmaxRegression) {
            guard pool.count == model.classes, Set(pool).count == pool.count else { return nil }
            self.pool = pool
            self.model = model
        }
    }

    init(universal: PromptID, choice: Choice?, estimate: PolicyEstimate) {
        self.universal = universal
        self.choice = choice
        self.estimate = estimate
    }

    /// The policy that gives every text the same prompt.
    ///
    /// - Parameter prompt: The prompt, for example the winner of a race.
    public init(always prompt: PromptID) {
        self.init(universal: prompt, choice: nil, estimate: .nothing)
    }

    /// The prompt for a text.
    ///
    /// - Parameter text: The text of a document's prefix, as in learning.
    /// - Complexity: O(words log words + features × prompts).
    public func choose(_ text: String) -> PromptID {
        guard let choice else { return universal }
        return choice.pool[placeOfLargest(choice.model.probabilities(of: text))]
    }

    /// Every prompt that can be chosen.
    public var prompts: [PromptID] { choice?.pool ?? [universal] }
}

/// What documents that a policy was not learned from say of it.
public struct PolicyEstimate: Codable, Hashable, Sendable {
    /// The mean lift of the policy's choices on suspect documents, in probability per token; nil when unknown.
    public let policyLift: Double?
    /// The mean lift of the best single prompt on the same documents, in probability per token; nil when unknown.
    public let universalLift: Double?
    /// Judgement of the paired differences, policy − single prompt; nil when none could be made.
    public let finding: FinalFinding?
    /// The number of suspect documents on which a needed lift was unknown.
    public let leftOut: Int

    /// Nothing is known.
    static let nothing = PolicyEstimate(policyLift: nil, universalLift: nil, finding: nil, leftOut: 0)
}

/// The place of the largest of some numbers; the first of several, 0 when there are none.
func placeOfLargest(_ values: [Double]) -> Int {
    values.indices.reduce(0) { values[$1] > values[$0] ? $1 : $0 }
}
