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

    func tokens(of runs: [Run]) async throws(InferenceError) -> [TokenID] {
        let runs = runs.filter { !$0.text.isEmpty }
        guard !runs.isEmpty else { return [] }
        let whole = runs.map(\.text).joined()
        let joint = try await encode(whole, parsingControlTokens: true, startsText: startsText)
        guard runs.contains(where: \.isFromCorpus) else { return joint.tokens }
        let plain = try await encode(whole, parsingControlTokens: false, startsText: startsText)
        if joint.tokens == plain.tokens || !mayHoldControlTokens(joint, plain, runs: runs) { return joint.tokens }
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
        let length = runs.reduce(0) { $0 + $1.text.utf8.count }
        // Control tokens that a server gives without their text leave nothing to compare places by.
        guard joint.ends.last == length, plain.ends.last == length else { return true }
        var corpusText = [Bool](repeating: false, count: length)
        var start = 0
        for run in runs {
            let end = start + run.text.utf8.count
            if run.isFromCorpus { for byte in start..<end { corpusText[byte] = true } }
            start = end
        }
        let plainTokens = Set(plain.placed)
        return joint.placed.contains { token in
            corpusText[token.bytes].contains(true) && !plainTokens.contains(token)
        }
    }

    /// Tokens with the ends of their bytes in a text.
    private struct PlacedTokens {
        struct Token: Hashable {
            let id: TokenID
            let bytes: Range<Int>
        }

        let tokens: [TokenID]
        let ends: [Int]

        var placed: [Token] {
            tokens.indices.map { index in
                Token(id: tokens[index], bytes: (index == 0 ? 0 : ends[index - 1])..<ends[index])
            }
        }
    }

    private func encode(
        _ text: String, parsingControlTokens: Bool, startsText: Bool
    ) async throws(InferenceError) -> PlacedTokens {
        let tokenized = try await encoder.encode(text, parsingControlTokens: parsingControlTokens)
        let added = tokenized.bytes.count - text.utf8.count
        guard added == 1, tokenized.spells(text) else {
            return PlacedTokens(tokens: tokenized.tokens, ends: tokenized.ends)
        }
        // Some tokenizers put a space before every text, which is right only where a text begins.
        if !startsText {
            for anchor in ["\n", ")", "a"] {
                let anchored = try await encoder.encode(anchor + text, parsingControlTokens: parsingControlTokens)
                let added = anchored.bytes.count - anchor.utf8.count - text.utf8.count
                guard added == 0 || added == 1,
                    let cut = anchored.ends.firstIndex(of: added + anchor.utf8.count)
                else { continue }
                let tokens = anchored.tokens[(cut + 1)...]
                let ends = anchored.ends[(cut + 1)...].map { $0 - added - anchor.utf8.count }
                return PlacedTokens(tokens: Array(tokens), ends: ends)
            }
        }
        return PlacedTokens(tokens: tokenized.tokens, ends: tokenized.ends.map { max(0, $0 - 1) })
    }
}
