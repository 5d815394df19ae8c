import Corpus
import Inference

@testable import PrefixLearning

/// A model with one token per character and a few control tokens, whose chat template is a closure.
struct ScriptedEncoder: PromptEncoder {
    static let controls: [(text: String, id: TokenID)] = [
        ("<|im_start|>", 1_200_001), ("<|im_end|>", 1_200_002), ("<s>", 1_200_003), ("<|end|>", 1_200_004),
    ]

    /// Whether the tokenizer puts a space before every text.
    var addsSpace = false
    /// Whether the tokenizer also puts a space behind every control token.
    var addsSpaceBehindControls = false
    /// Whether the control tokens are in the vocabulary.
    var hasControls = true
    /// Whether the server tells the text of control tokens.
    var spellsControls = true
    /// Pairs of characters that become one token.
    var merges: [String] = []
    var template: @Sendable ([(role: String, content: String)]) throws(InferenceError) -> String = { messages in
        Self.chatML(messages)
    }

    static func chatML(_ messages: [(role: String, content: String)]) -> String {
        messages.map { "<|im_start|>\($0.role)\n\($0.content)<|im_end|>\n" }.joined() + "<|im_start|>assistant\n"
    }

    func applyTemplate(_ messages: [(role: String, content: String)]) async throws(InferenceError) -> String {
        try template(messages)
    }

    func encode(_ text: String, parsingControlTokens: Bool) async throws(InferenceError) -> TokenizedText {
        var tokens: [TokenID] = []
        var pieces: [[UInt8]] = []
        var rest = Substring(addsSpace ? " " + text : text)
        while let first = rest.unicodeScalars.first {
            if parsingControlTokens, hasControls, let control = Self.controls.first(where: { rest.hasPrefix($0.text) })
            {
                tokens.append(control.id)
                pieces.append(spellsControls ? Array(control.text.utf8) : [])
                rest = rest.dropFirst(control.text.count)
                if addsSpaceBehindControls, !rest.isEmpty { rest = " " + rest }
            } else if let merge = merges.firstIndex(where: { rest.hasPrefix($0) }) {
                tokens.append(TokenID(Int32(1_300_000 + merge)))
                pieces.append(Array(merges[merge].utf8))
                rest = rest.dropFirst(merges[merge].count)
            } else {
                tokens.append(TokenID(Int32(first.value)))
                pieces.append(Array(String(first).utf8))
                rest = Substring(rest.unicodeScalars.dropFirst())
            }
        }
        return TokenizedText(tokens: tokens, pieces: pieces)
    }

    /// The text of tokens, control tokens in guillemets, so that a test sees what the model sees.
    func show(_ tokens: [TokenID]) -> String {
        tokens.map { token in
            if let control = Self.controls.first(where: { $0.id == token }) {
                return "«\(control.text.dropFirst().dropLast())»"
            }
            if token.rawValue >= 1_300_000 { return "[\(merges[Int(token.rawValue) - 1_300_000])]" }
            return Unicode.Scalar(UInt32(token.rawValue)).map(String.init) ?? "?"
        }.joined()
    }
}
