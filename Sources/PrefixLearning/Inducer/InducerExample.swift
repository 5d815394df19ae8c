import Corpus

/// A prompt that was tried before a text, and how well it did.
public struct InducerExample: Hashable, Codable, Sendable {
    /// The document the text is from.
    public let document: ArmedDocument
    /// The text of the document's prefix.
    public let text: String
    /// The text of the prompt.
    public let prompt: String
    /// How well it did, in probability per token; its lift, less whatever it is charged for.
    public let reward: Lift

    /// Creates an example.
    public init(document: ArmedDocument, text: String, prompt: String, reward: Lift) {
        self.document = document
        self.text = text
        self.prompt = prompt
        self.reward = reward
    }

    /// What keeps it in a buffer: max(0, reward), as in AdvPrompter (Paulus and others, 2024).
    public var priority: Double { max(0, reward.value) }
}
