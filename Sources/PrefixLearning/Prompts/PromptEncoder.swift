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

extension LlamaServer: PromptEncoder {
    /// Tokenizes a text as ``PromptEncoder`` asks for.
    public func encode(
        _ text: String, parsingControlTokens: Bool
    ) async throws(InferenceError) -> TokenizedText {
        try await tokenize(text, parsingControlTokens: parsingControlTokens)
    }
}
