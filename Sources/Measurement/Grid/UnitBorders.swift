import Corpus
import Inference
import Overlap

/// Where the units of a grid begin in a document's tokens, and where its tokens stand in its text.
struct UnitBorders: Sendable {
    /// For every unit the token with which it begins, and after the last unit the number of tokens.
    let tokens: [Int]
    /// For every token where it begins in the text, in bytes of UTF-8, and after the last token the text's length.
    private let bytes: [Int]

    /// Finds the borders.
    ///
    /// - Parameters:
    ///   - text: The document's text.
    ///   - tokenized: The same text as the model's tokenizer sees it.
    ///   - unit: What the grid counts in.
    /// - Complexity: O(*n*).
    init(text: String, tokenized: TokenizedText, unit: ProbeGrid.Unit) {
        let length = text.utf8.count
        // Some tokenizers put a space before the first word, which the text does not have.
        let added = max(0, tokenized.bytes.count - length)
        let ends = tokenized.ends.map { min(length, max(0, $0 - added)) }
        bytes = [0] + ends
        switch unit {
        case .tokens: tokens = Array(0...tokenized.tokens.count)
        case .words:
            var borders: [Int] = []
            var token = 0
            for word in words(of: text) {
                while token < ends.count, ends[token] <= word.utf8.lowerBound { token += 1 }
                borders.append(borders.isEmpty ? 0 : token)
            }
            tokens = borders + [tokenized.tokens.count]
        }
    }

    /// The number of units.
    var count: Int { tokens.count - 1 }

    /// The tokens of a stretch of units.
    func tokens(of units: Range<Int>) -> Range<Int> { tokens[units.lowerBound]..<tokens[units.upperBound] }

    /// The bytes of the text that a stretch of tokens stands for.
    func bytes(ofTokens range: Range<Int>) -> Range<Int> { bytes[range.lowerBound]..<bytes[range.upperBound] }
}
