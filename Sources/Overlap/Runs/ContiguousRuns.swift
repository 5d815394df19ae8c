/// The longest runs without a gap that a reply shares with its source, each counted in its own unit.
public struct ContiguousRuns: Hashable, Codable, Sendable {
    /// The longest run of Unicode scalars ("characters" in the tables of published studies), or nil when no scalar is
    /// shared.
    public let characters: CommonRun?
    /// The longest run of words, in word numbers, or nil when no word is shared.
    public let words: CommonRun?

    /// Compares a reply with its source.
    ///
    /// Texts are compared as they are; normalise both in the same way first if typography must not count.
    ///
    /// - Parameters:
    ///   - source: The text that may have been memorized.
    ///   - reply: The text that the model produced.
    /// - Complexity: Expected O(*n* + *m*).
    public init(source: String, reply: String) {
        self.init(source: ComparedText(source), reply: ComparedText(reply))
    }

    /// Compares two texts that are taken apart already; masked places match nothing.
    public init(source: ComparedText, reply: ComparedText) {
        characters = longestCharacterRun(
            source: source.maskedScalars(as: .source), reply: reply.maskedScalars(as: .reply))
        words = longestCommonRun(ofSymbols: SymbolPair(source: source, reply: reply))
    }
}
