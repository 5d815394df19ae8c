import Corpus
import Inference

/// What turns the text of prompts into tokens of one model.
public protocol PromptEncoder: Sendable {
    /// Tokenizes a text in one piece, without the tokens that a tokenizer puts around texts.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - parsingControlTokens: Whether strings such as `<|im_start|>` become control tokens. Text that comes from a
    ///     corpus is never tokenized in this way.
    func encode(_ text: String, parsingControlTokens: Bool) async throws(InferenceError) -> TokenizedText

    /// Renders chat messages by the model's own template, the opening of the model's answer included.
    func applyTemplate(_ messages: [(role: String, content: String)]) async throws(InferenceError) -> String
}

extension PromptEncoder {
    /// Whether a chat was rendered in a frame of ChatML that the server lent to a model without a template: the frame's
    /// marks are then plain text to the model.
    func lendsFrame(_ rendered: String) async throws(InferenceError) -> Bool {
        let mark = "<|im_start|>"
        guard rendered.contains(mark) else { return false }
        return try await encode(mark, parsingControlTokens: true).tokens.count > 1
    }
}

extension LlamaServer: PromptEncoder {
    /// Tokenizes a text as ``PromptEncoder`` asks for.
    public func encode(
        _ text: String, parsingControlTokens: Bool
    ) async throws(InferenceError) -> TokenizedText {
        try await tokenize(text, parsingControlTokens: parsingControlTokens)
    }
}
