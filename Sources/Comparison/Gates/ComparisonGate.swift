/// A condition that must hold for a comparison to mean anything.
public struct ComparisonGate: Codable, Hashable, Sendable {
    /// The gates that are checked.
    public enum Name: String, Codable, Hashable, Sendable, CaseIterable {
        /// Both runs tested the same documents, names and texts.
        case sameDocuments = "same-documents"
        /// Both runs asked in the same way.
        case sameProcedure = "same-procedure"
        /// Both runs asked about every document.
        case complete = "complete"
        /// The runs asked two models.
        case differentModels = "different-models"
        /// The gates of the target's run hold.
        case targetGates = "target-gates"
        /// The gates of the reference's run hold.
        case referenceGates = "reference-gates"
        /// Both models read the same tokens, or there are controls, which make that unnecessary.
        case sameWindows = "same-windows"
        /// The test that is made of the target does not accuse the reference.
        case negativeControl = "negative-control"
        /// The reference finds neither arm easier than the other.
        case referenceBalance = "reference-balance"
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
