/// The side of the comparison that a document stands on.
public enum Arm: String, Hashable, Codable, CaseIterable, Sendable {
    /// The corpus that may have been memorized.
    case suspect
    /// Held-out text from the same source that cannot have been memorized.
    case control
}
