import Audit

/// The answer of a comparison.
public struct ComparisonVerdict: Codable, Hashable, Sendable {
    /// The possible answers; that the target memorized anything is not one of them, because no comparison shows it.
    public enum Answer: String, Codable, Hashable, Sendable, CaseIterable {
        /// The target's lead over the reference is larger on suspect than on control documents.
        case favoursCorpus
        /// The target leads the reference on the suspect documents, and nothing says what it does elsewhere.
        case aheadOnCorpus
        /// Neither could be shown.
        case inconclusive
        /// A condition for any answer does not hold.
        case invalid
    }

    /// The answer.
    public let answer: Answer
    /// What it rests on.
    public let evidence: Verdict.Evidence
    /// Why it is this answer, in one sentence.
    public let reason: String
    /// What is shown, if the assumptions hold.
    public let proves: String
    /// What is not shown.
    public let doesNotProve: String
    /// What a reader must know beside that.
    public let caveats: [String]
}
