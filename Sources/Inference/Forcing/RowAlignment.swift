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
    ///   - withheld: Which of those tokens are expected to have no row.
    /// - Returns: For each token its row or `nil`; `nil` altogether when rows and tokens do not fit together.
    static func align(
        _ rows: [ProbabilityRow], to tokens: ArraySlice<TokenID>, withheld: (Int) -> Bool
    ) -> [ProbabilityRow?]? {
        var remaining = rows[...]
        var aligned: [ProbabilityRow?] = []
        for (position, token) in tokens.enumerated() {
            if withheld(position), remaining.first?.token != token {
                aligned.append(nil)
                continue
            }
            guard let row = remaining.first, row.token == token else { return nil }
            aligned.append(row)
            remaining = remaining.dropFirst()
        }
        return aligned
    }
}
