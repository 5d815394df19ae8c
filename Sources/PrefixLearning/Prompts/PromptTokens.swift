import Corpus
import Inference

/// Tokenizes text of a prompt's author together with text of the corpus.
///
/// Tokens differ with the text beside them, so everything is tokenized in one piece. Only when that would make control
/// tokens out of text of the corpus is the text cut where the two meet.
struct PromptTokens<Encoder: PromptEncoder> {
    /// A stretch of text of one origin.
    struct Run: Hashable {
        let text: String
        let isFromCorpus: Bool
    }

    let encoder: Encoder
    /// Whether the text stands at the beginning of what the model is given, or behind the tokens of a prefix.
    let startsText: Bool

    /// Whether the author's own text holds control tokens.
    static func writesControlTokens(_ text: String, encoder: Encoder) async throws(InferenceError) -> Bool {
        let parsed = try await encoder.encode(text, parsingControlTokens: true)
        return try await encoder.encode(text, parsingControlTokens: false).tokens != parsed.tokens
    }

    /// Tokenizes runs as one text.
    ///
    /// - Parameters:
    ///   - runs: The text, cut by origin.
    ///   - writesControlTokens: Whether the author's own text may hold control tokens; where it does not, nothing has
    ///     to be told apart.
    func tokens(of runs: [Run], writesControlTokens: Bool) async throws(InferenceError) -> [TokenID] {
        let runs = runs.filter { !$0.text.isEmpty }
        guard !runs.isEmpty else { return [] }
        let whole = runs.map(\.text).joined()
        guard runs.contains(where: \.isFromCorpus) else {
            return try await encode(whole, parsingControlTokens: true, startsText: startsText).tokens
        }
        let plain = try await encode(whole, parsingControlTokens: false, startsText: startsText)
        guard writesControlTokens else { return plain.tokens }
        let joint = try await encode(whole, parsingControlTokens: true, startsText: startsText)
        guard mayHoldControlTokens(joint, plain, runs: runs) else { return joint.tokens }
        var tokens: [TokenID] = []
        for (index, run) in runs.enumerated() {
            tokens += try await encode(
                run.text, parsingControlTokens: !run.isFromCorpus, startsText: startsText && index == 0
            ).tokens
        }
        return tokens
    }

    /// Whether a token over text of the corpus might be a control token.
    ///
    /// What also came out at the same place without parsing control tokens is none.
    private func mayHoldControlTokens(_ joint: PlacedTokens, _ plain: PlacedTokens, runs: [Run]) -> Bool {
        // Control tokens that a server gives without their text leave nothing to compare places by.
        guard joint.spellsText, plain.spellsText else { return true }
        var corpusText: [Bool] = []
        for run in runs { corpusText += Array(repeating: run.isFromCorpus, count: run.text.utf8.count) }
        let plainTokens = Set(plain.placed)
        return joint.placed.contains { token in
            corpusText[token.bytes].contains(true) && !plainTokens.contains(token)
        }
    }

    /// The tokens of a text and where each of them ends in it.
    private struct PlacedTokens {
        struct Token: Hashable {
            let id: TokenID
            let bytes: Range<Int>
        }

        let tokens: [TokenID]
        /// For each token, the offset in the text just past its last byte.
        let ends: [Int]
        /// Whether the tokens spell the text exactly, so that the offsets mean something.
        let spellsText: Bool

        /// Takes a text out of something longer that was tokenized.
        init(_ tokenized: TokenizedText, text: String, droppingTokens tokenCount: Int, bytes byteCount: Int) {
            tokens = Array(tokenized.tokens.dropFirst(tokenCount))
            ends = tokenized.ends.dropFirst(tokenCount).map { max(0, $0 - byteCount) }
            spellsText = tokenized.bytes.dropFirst(byteCount).elementsEqual(text.utf8)
        }

        var placed: [Token] {
            tokens.indices.map { index in
                Token(id: tokens[index], bytes: (index == 0 ? 0 : ends[index - 1])..<ends[index])
            }
        }
    }

    /// Tokenizes a text, without the space that some tokenizers put before every text unless a text begins here.
    private func encode(
        _ text: String, parsingControlTokens: Bool, startsText: Bool
    ) async throws(InferenceError) -> PlacedTokens {
        let tokenized = try await encoder.encode(text, parsingControlTokens: parsingControlTokens)
        guard Self.spaces(tokenized.bytes) == Self.spaces(text.utf8) + 1 else {
            return PlacedTokens(tokenized, text: text, droppingTokens: 0, bytes: 0)
        }
        guard !startsText else { return PlacedTokens(tokenized, text: text, droppingTokens: 0, bytes: 1) }
        // Behind another text the space does not arise; the first text that does not melt with this one is cut off again.
        for anchor in ["\n", ")", "a"] {
            let anchored = try await encoder.encode(anchor + text, parsingControlTokens: parsingControlTokens)
            let bytes = Self.spaces(anchored.bytes) + anchor.utf8.count
            guard let cut = anchored.ends.firstIndex(of: bytes) else { continue }
            return PlacedTokens(anchored, text: text, droppingTokens: cut + 1, bytes: bytes)
        }
        return PlacedTokens(tokenized, text: text, droppingTokens: 0, bytes: 1)
    }

    /// The number of spaces at the beginning.
    private static func spaces(_ bytes: some Sequence<UInt8>) -> Int {
        var count = 0
        for byte in bytes {
            guard byte == UInt8(ascii: " ") else { break }
            count += 1
        }
        return count
    }
}
