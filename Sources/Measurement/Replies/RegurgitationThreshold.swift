/// From which length on a run that a reply shares with its source counts as regurgitation.
///
/// Reaching one of the three is enough. Unrelated texts of an article's length hardly ever share 5 words, templated
/// news up to 15; the defaults are the lines at which published work and law draw theirs: 20 words, 160 characters (the
/// German copyright act's line for short quotations; Mueller et al., 2024, arXiv 2405.18492) and 50 tokens.
public struct RegurgitationThreshold: Codable, Hashable, Sendable {
    /// Words of the longest run, at least 1.
    public let words: Int
    /// Unicode scalars of the longest run, at least 1.
    public let characters: Int
    /// Tokens of the longest run, at least 1.
    public let tokens: Int

    /// Creates a threshold, or `nil` unless all three are at least 1.
    public init?(words: Int, characters: Int, tokens: Int) {
        guard words >= 1, characters >= 1, tokens >= 1 else { return nil }
        self.init(checkedWords: words, characters: characters, tokens: tokens)
    }

    private init(checkedWords words: Int, characters: Int, tokens: Int) {
        self.words = words
        self.characters = characters
        self.tokens = tokens
    }

    /// 20 words, 160 characters or 50 tokens.
    public static let standard = RegurgitationThreshold(checkedWords: 20, characters: 160, tokens: 50)
}
