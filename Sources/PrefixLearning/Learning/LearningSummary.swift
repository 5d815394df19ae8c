/// What is learned before the test.
public enum LearningMode: String, Codable, Hashable, Sendable, CaseIterable {
    /// Nothing: the bare prefix is sent.
    case none
    /// One prefix for all documents.
    case universal
    /// For each document one of a few prefixes, chosen by the words that it begins with.
    case policy
    /// For each document a prefix of its own, written by a language model on another server.
    case inducer
}

/// What a plan says about the learning behind its elicitations.
public struct LearningSummary: Codable, Hashable, Sendable {
    /// What was learned.
    public let mode: LearningMode
    /// The budget as it was given: a number of requests or a time.
    public let budget: String
    /// Requests to the model under test that learning took, all of them.
    public let calls: Int
    /// Number of candidates that were tried.
    public let candidates: Int
    /// Number of suspect documents that were learned from.
    public let suspectDocuments: Int
    /// Number of control documents that were learned from.
    public let controlDocuments: Int
    /// Lift of suspect documents that were held back from the choice, or `nil` when the bare prefix was kept.
    public let lift: MeasuredLift?
    /// SHA-256 of the file that holds everything that was learned.
    public let sha256: String

    /// Puts a summary together.
    public init(
        mode: LearningMode, budget: String, calls: Int, candidates: Int, suspectDocuments: Int,
        controlDocuments: Int, lift: MeasuredLift?, sha256: String
    ) {
        self.mode = mode
        self.budget = budget
        self.calls = calls
        self.candidates = candidates
        self.suspectDocuments = suspectDocuments
        self.controlDocuments = controlDocuments
        self.lift = lift
        self.sha256 = sha256
    }
}
