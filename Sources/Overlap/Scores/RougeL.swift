/// ROUGE-L (Lin, 2004): how much of one text stands in another in the same order, with any gaps.
///
/// It is reported because others report it; unrelated texts already reach about 0.18.
public struct RougeL: Hashable, Codable, Sendable {
    /// The length of the longest common subsequence, in words.
    public let commonWords: Int
    /// The reference's length, in words.
    public let referenceWords: Int
    /// The candidate's length, in words.
    public let candidateWords: Int

    /// The part of the candidate that is common, from 0 to 1; 0 for an empty candidate.
    public var precision: Double {
        candidateWords == 0 ? 0 : Double(commonWords) / Double(candidateWords)
    }

    /// The part of the reference that is common, from 0 to 1; 0 for an empty reference.
    public var recall: Double {
        referenceWords == 0 ? 0 : Double(commonWords) / Double(referenceWords)
    }

    /// The harmonic mean of precision and recall, 2·LCS ∕ (*n* + *m*), from 0 to 1; 0 when both texts are empty.
    public var f1: Double {
        let total = Double(referenceWords) + Double(candidateWords)
        return total == 0 ? 0 : 2 * Double(commonWords) / total
    }
}

/// Compares a candidate with a reference by their longest common subsequence of words.
///
/// Words are those of `words(of:)`: in lower case, without stemming.
///
/// - Parameters:
///   - reference: The words of the source.
///   - candidate: The words of the reply.
/// - Complexity: O(*nm*/64) time at most, much less for natural text; O(*n* + *m*) memory.
public func rougeL(reference: [Word], candidate: [Word]) -> RougeL {
    RougeL(
        commonWords: longestCommonSubsequenceCount(
            ofSymbols: SymbolPair(sourceWords: reference, replyWords: candidate)), referenceWords: reference.count,
        candidateWords: candidate.count)
}

/// Compares the words of a candidate text with those of a reference text, as the form for words that are split already does.
public func rougeL(reference: String, candidate: String) -> RougeL {
    rougeL(reference: words(of: reference), candidate: words(of: candidate))
}
