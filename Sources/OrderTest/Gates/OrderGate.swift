/// A condition that a published order must meet for the test to mean anything.
public struct OrderGate: Codable, Hashable, Sendable {
    /// The gates that are checked.
    public enum Name: String, Codable, Hashable, Sendable, CaseIterable {
        /// No field of the documents and no length rises, falls or clusters with the position.
        case looksRandom = "order-looks-random"
        /// Neighbours do not share more words than other documents do.
        case unrelatedNeighbours = "neighbours-unrelated"
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
    init(_ gate: Name, passed: Bool, _ detail: String, remedy: String) {
        self.gate = gate
        self.passed = passed
        self.detail = detail
        self.remedy = passed ? "" : remedy
    }
}
