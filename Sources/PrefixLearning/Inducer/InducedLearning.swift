/// What came of learning with an inducer: a way to write headers, if it helps, and everything behind that decision.
public struct InducedLearning: Hashable, Codable, Sendable {
    /// How headers are written, or `nil` when the bare prefix is kept.
    public let choice: InducedChoice?
    /// The gain of suspects that were held back, or `nil` when the bare prefix is kept.
    public let lift: MeasuredLift?
    /// What the documents held back said, or `nil` when there was nothing to ask them about.
    public let finding: FinalFinding?
    /// The rounds, in order.
    public let rounds: [InducerRound]
    /// The prompts that did best on documents that were learned from, best first.
    public let examples: [InducerExample]
    /// The prompts that did worst, worst first.
    public let warnings: [InducerExample]
    /// What became of all replies.
    public let tally: InducerTally
    /// Requests to the model under test.
    public let targetCalls: Int
    /// Completions asked of the inducer.
    public let inducerCalls: Int
    /// Sentences for the user.
    public let notices: [String]
}

/// One round of expert iteration.
public struct InducerRound: Hashable, Codable, Sendable {
    /// The documents that headers were written for.
    public let documents: Int
    /// What became of the replies.
    public let tally: InducerTally
    /// The headers that were scored.
    public let scored: Int
    /// The mean over documents of the best lift of their headers, 0 where none helped, in probability per token; `nil` when
    /// nothing was scored.
    public let meanBestLift: Double?
}
