import TextLearning

/// Why a policy cannot be learned or read.
public enum PolicyError: Error, Equatable, Sendable {
    /// The table's documents and the texts are not equally many.
    case textsMismatch(texts: Int, documents: Int)
    /// A prompt that the policy is to fall back on has no column in the table.
    case unknownPrompt(PromptID)
    /// An option is out of range.
    case outOfRange(name: String, value: Double, requirement: String)
    /// The text model refused its input.
    case textModel(TextLearningError)
    /// The stored policy cannot be read.
    case unreadable(reason: String)
}

extension PolicyError: CustomStringConvertible {
    /// One sentence that says what was wrong and what would be accepted.
    public var description: String {
        switch self {
        case .textsMismatch(let texts, let documents):
            "\(texts) texts were given for the \(documents) documents of the table; give one for each, in its order"
        case .unknownPrompt(let prompt):
            "the table has no scores of the prompt \(prompt); add it to the table's prompts"
        case .outOfRange(let name, let value, let requirement):
            "\(name) is \(value), but must be \(requirement)"
        case .textModel(let error):
            error.description
        case .unreadable(let reason):
            "this is not a prefix policy that can be read: \(reason); learn it again"
        }
    }
}
