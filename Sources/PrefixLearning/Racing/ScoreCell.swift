import Corpus

/// One thing to be scored: a prompt on the window of a learning document.
public struct ScoreCell: Hashable, Codable, Sendable {
    /// The prompt; ``PromptID/none`` for the bare window.
    public let prompt: PromptID
    /// The document whose window is scored.
    public let document: ArmedDocument

    /// Creates a cell.
    public init(prompt: PromptID, document: ArmedDocument) {
        self.prompt = prompt
        self.document = document
    }
}
