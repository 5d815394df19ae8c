import Corpus

/// What was learned, and everything that was tried on the way.
public struct Learned: Sendable {
    /// What is used: ``LearningMode/none`` when the bare prefix was kept.
    public let mode: LearningMode
    /// The candidates in use: one, or those that a policy chooses among without the empty one; none when the bare prefix
    /// was kept.
    public let chosen: [Candidate]
    /// What chooses among several candidates.
    public let policy: PrefixPolicy?
    /// The gain of suspects that were held back from the choice.
    public let lift: MeasuredLift?
    /// What the documents held back said of what won.
    public let finding: FinalFinding?
    /// What an inducer learned after the race, if there is one; it is in use when ``mode`` says so.
    public let induced: InducedLearning?
    /// The documents that were held back from every choice but the last.
    public let heldBack: Set<ArmedDocument>
    /// Scores of bare prefixes, in probability per token.
    public let bareScores: [ArmedDocument: Double]
    /// The leader's header on the suspects that it raced on, with what it was worth there.
    public let leaderExamples: [InducerExample]
    /// Everything that was tried, best first.
    public let candidates: [TriedCandidate]
    /// Requests to the model under test, all of them.
    public let calls: Int
    /// Requests that the budget came to: its number, or for a budget of time what was made.
    public let budgetedCalls: Int
    /// Sentences for the user.
    public let notices: [String]

    /// The same race with what came of an inducer.
    ///
    /// - Parameters:
    ///   - induced: What the inducer learned.
    ///   - isUsed: Whether its headers are used in the place of what the race chose.
    ///   - calls: Requests to the model under test, all of them.
    public func with(_ induced: InducedLearning, isUsed: Bool, calls: Int) -> Learned {
        Learned(
            mode: isUsed ? .inducer : mode, chosen: isUsed ? [] : chosen, policy: isUsed ? nil : policy,
            lift: isUsed ? induced.lift : lift, finding: isUsed ? induced.finding : finding, induced: induced,
            heldBack: heldBack, bareScores: bareScores, leaderExamples: leaderExamples, candidates: candidates,
            calls: calls, budgetedCalls: budgetedCalls, notices: notices + induced.notices)
    }
}
