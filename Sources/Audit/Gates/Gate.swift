/// A condition that must hold for a verdict to mean anything.
public struct Gate: Codable, Hashable, Sendable {
    /// The gates that are checked.
    public enum Name: String, Codable, Hashable, Sendable, CaseIterable {
        /// The journal holds exactly the observations of the plan that its hash names.
        case frozenPlan = "frozen-plan"
        /// Forced scores passed the server's start-up test.
        case serverSelfTest = "server-self-test"
        /// Both arms got answers equally often.
        case transportEquality = "transport-equality"
        /// The arms do not share documents.
        case nearDuplicates = "near-duplicates-between-arms"
        /// The arms cannot be told apart by their texts alone.
        case blindBaseline = "blind-baseline"
        /// Controls do not differ from controls.
        case controlHalves = "control-halves"
        /// Asking again gives the same answers.
        case replicateNoise = "replicate-noise"
        /// The same test does not accuse a model that cannot have seen the documents.
        case negativeControl = "negative-control"
    }

    /// Which gate.
    public let gate: Name
    /// Whether it holds.
    public let passed: Bool
    /// What was found, in one sentence.
    public let detail: String
    /// What to do about it; empty when the gate holds.
    public let remedy: String

    /// Creates a result.
    init(_ gate: Name, passed: Bool, _ detail: String, remedy: String = "") {
        self.gate = gate
        self.passed = passed
        self.detail = detail
        self.remedy = passed ? "" : remedy
    }
}
