import Corpus

/// Pairs the probability rows of a reply with the tokens they belong to.
///
/// Servers drop the rows of tokens that leave the reply inside a character, so rows and tokens must never be paired by
/// position alone.
enum RowAlignment {
    /// Finds the row of each token.
    ///
    /// - Parameters:
    ///   - rows: The rows of the reply, in order.
    ///   - tokens: The tokens of the reply that are of interest, from its first token on.
    ///   - withheld: Whether the token at a position is expected to have no row.
    /// - Returns: For each token its row or `nil`; `nil` altogether when rows and tokens do not fit together.
    static func align(
        _ rows: [ProbabilityRow], to tokens: ArraySlice<TokenID>, withheld: (Int) -> Bool
    ) -> [ProbabilityRow?]? {
        // A server that withholds nothing is taken at its word too; the two readings are never mixed, because a byte
        // token that is withheld may be followed by the row of an equal one.
        pair(rows, tokens, withheld) ?? pair(rows, tokens, { _ in false })
    }

    private static func pair(
        _ rows: [ProbabilityRow], _ tokens: ArraySlice<TokenID>, _ withheld: (Int) -> Bool
    ) -> [ProbabilityRow?]? {
        var remaining = rows[...]
        var aligned: [ProbabilityRow?] = []
        for (position, token) in tokens.enumerated() {
            if withheld(position) {
                aligned.append(nil)
                continue
            }
            guard let row = remaining.popFirst(), row.token == token else { return nil }
            aligned.append(row)
        }
        return aligned
    }
}
