/// How much an inducer is asked, and what it is told.
public struct InducerOptions: Hashable, Codable, Sendable {
    /// The most rounds.
    public var rounds = 3
    /// The most documents of one round.
    public var documentsPerRound = 128
    /// Headers written for each document of a round.
    public var draws = 8
    /// What is known of the corpus, in a few words, for example "articles of a newspaper"; empty when nothing is.
    public var corpus = ""
    /// Good examples shown for each document.
    public var best = 4
    /// Bad examples shown for each document.
    public var worst = 2
    /// The growth of a round's mean best lift, as a share of the best before, below which there is no further round.
    public var leastGrowth = 0.01

    /// Three rounds of 128 documents with eight headers each, and four good and two bad examples.
    public init() {}
}
