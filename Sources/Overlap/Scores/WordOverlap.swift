/// The longest run of words and ROUGE-L of one pair of texts, for less than the two apart.
public struct WordOverlap: Hashable, Codable, Sendable {
    /// The longest run of words, in word numbers, or nil when no word is shared.
    public let longestRun: CommonRun?
    /// The longest common subsequence of words.
    public let rougeL: RougeL

    /// Compares a reply with its source.
    ///
    /// - Parameters:
    ///   - source: The words of the text that may have been memorized; split it once for all of its replies.
    ///   - reply: The words of the text that the model produced.
    /// - Complexity: As for ``longestCommonRun(source:reply:)`` and ``longestCommonSubsequenceCount(_:_:)``.
    public init(source: [Word], reply: [Word]) {
        let symbols = SymbolPair(sourceWords: source, replyWords: reply)
        longestRun = longestCommonRun(ofSymbols: symbols)
        rougeL = RougeL(
            commonWords: longestCommonSubsequenceCount(ofSymbols: symbols), referenceWords: source.count,
            candidateWords: reply.count)
    }
}
