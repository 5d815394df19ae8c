import Corpus
import Inference

/// Beginnings and ends of documents in the tokens of the tested model.
struct OrderTexts: Sendable {
    /// Tokens that the model's tokenizer puts before every text.
    let leading: [TokenID]
    /// What stands between two documents.
    let separator: [TokenID]
    private let parts: [Int: (opening: TokenizedText, tail: [TokenID])]

    /// Cuts tokenized documents.
    ///
    /// - Parameters:
    ///   - documents: The tokenized documents, by their index.
    ///   - separator: The tokens between two documents.
    ///   - plan: The lengths.
    init(_ documents: [Int: TokenizedText], separator: [TokenID], plan: OrderTestPlan) {
        leading = plan.leading
        self.separator = separator
        parts = documents.mapValues { text in
            (Self.opening(text, atMost: plan.openingTokens), Array(text.tokens.suffix(plan.tailTokens)))
        }
    }

    /// What is to be forced for a question, or `nil` when the document has no token.
    func target(end: Int, beginning: Int) -> ForcingTarget? {
        guard let tail = parts[end]?.tail, let opening = parts[beginning]?.opening, !opening.tokens.isEmpty else {
            return nil
        }
        return ForcingTarget(prefix: leading + tail + separator, suffix: opening)
    }

    /// The first tokens of a text, as many as end between characters, because servers take and send whole ones only.
    private static func opening(_ text: TokenizedText, atMost limit: Int) -> TokenizedText {
        let most = min(limit, text.tokens.count)
        let whole = (1..<max(1, most + 1)).last { count in
            let end = text.ends[count - 1]
            return end == text.bytes.count || text.bytes[end] & 0xC0 != 0x80
        }
        return text.part(0..<(whole ?? most))
    }
}

extension Fleet {
    /// Tokenizes the documents of a test.
    ///
    /// - Throws: `InferenceError` when a text cannot be tokenized faithfully.
    func tokenize(_ order: PublishedOrder, plan: OrderTestPlan) async throws -> OrderTexts {
        let taking = Set(order.shards.flatMap { $0.anchors + $0.movers }).sorted()
        let tokenized = try await tokenize(taking.map { order.documents[$0].text })
        var separator: [TokenID] = []
        if !plan.separator.isEmpty {
            // Some tokenizers put a space before every text; behind a letter the separator is spared it.
            let texts = try await tokenize(["a", "a" + plan.separator, plan.separator])
            let (bare, joined) = (texts[0].tokens, texts[1].tokens)
            separator = joined.starts(with: bare) ? Array(joined.dropFirst(bare.count)) : texts[2].tokens
        }
        return OrderTexts(
            Dictionary(zip(taking, tokenized), uniquingKeysWith: { first, _ in first }), separator: separator,
            plan: plan)
    }
}
