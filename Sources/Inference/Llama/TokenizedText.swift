import Corpus

/// A text as the server's tokenizer sees it: token ids and the bytes that each token stands for.
///
/// The bytes decide what can be forced and which probability rows a server withholds, because some tokens hold only a
/// part of a UTF-8 character.
public struct TokenizedText: Hashable, Sendable {
    /// The token ids, in order.
    public let tokens: [TokenID]
    /// The tokens' bytes, one after the other.
    public let bytes: [UInt8]
    /// For each token, the offset in ``bytes`` just past its last byte.
    public let ends: [Int]

    /// Joins tokens and their pieces.
    ///
    /// - Parameters:
    ///   - tokens: The ids.
    ///   - pieces: For each id, the bytes it stands for; empty for control tokens.
    /// - Precondition: As many pieces as tokens.
    public init(tokens: [TokenID], pieces: [[UInt8]]) {
        precondition(tokens.count == pieces.count, "every token has one piece")
        self.tokens = tokens
        var bytes: [UInt8] = []
        var ends: [Int] = []
        ends.reserveCapacity(pieces.count)
        for piece in pieces {
            bytes.append(contentsOf: piece)
            ends.append(bytes.count)
        }
        self.bytes = bytes
        self.ends = ends
    }

    /// The bytes of one token.
    public func piece(_ index: Int) -> ArraySlice<UInt8> {
        bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
    }

    /// The bytes of a range of tokens.
    public func bytes(ofTokens range: Range<Int>) -> ArraySlice<UInt8> {
        guard !range.isEmpty else { return [] }
        return bytes[(range.lowerBound == 0 ? 0 : ends[range.lowerBound - 1])..<ends[range.upperBound - 1]]
    }

    /// A range of the tokens as a text of its own.
    public func part(_ range: Range<Int>) -> TokenizedText {
        TokenizedText(tokens: Array(tokens[range]), pieces: range.map { Array(piece($0)) })
    }

    /// Tells whether the pieces spell the given text, apart from a space that some tokenizers put in front.
    public func spells(_ text: String) -> Bool {
        let expected = text.utf8
        if bytes.elementsEqual(expected) { return true }
        return bytes.first == UInt8(ascii: " ") && bytes.dropFirst().elementsEqual(expected)
    }
}
