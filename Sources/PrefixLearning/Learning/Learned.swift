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
    /// Everything that was tried, best first.
    public let candidates: [TriedCandidate]
    /// Requests to the model under test, all of them.
    public let calls: Int
    /// Requests that the budget came to: its number, or for a budget of time what was made.
    public let budgetedCalls: Int
    /// Sentences for the user.
    public let notices: [String]
}
