/// The answer for the whole corpus.
public struct Verdict: Codable, Hashable, Sendable {
    /// The possible answers; "not trained on" is not one of them, because no test can show it.
    public enum Answer: String, Codable, Hashable, Sendable, CaseIterable {
        /// The model remembers documents of the suspect corpus.
        case memorized
        /// Fewer documents than the plan's δ come back verbatim.
        case notExtractable
        /// Neither could be shown.
        case inconclusive
        /// A condition for any answer does not hold.
        case invalid
    }

    /// What kind of evidence an answer rests on; the kinds are never blurred.
    public enum Evidence: String, Codable, Hashable, Sendable, CaseIterable {
        /// Documents come back word for word.
        case extraction
        /// The model finds suspect documents easier than unseen ones.
        case likelihood
        /// The answer rests on no test.
        case none
    }

    /// The answer.
    public let answer: Answer
    /// What it rests on.
    public let evidence: Evidence
    /// Why it is this answer, in one sentence.
    public let reason: String
    /// What is shown, if the assumptions hold.
    public let proves: String
    /// What is not shown.
    public let doesNotProve: String
}
