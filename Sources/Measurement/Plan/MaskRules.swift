/// Which words do not count as regurgitated.
public struct MaskRules: Codable, Hashable, Sendable {
    /// Whether words that the prompt holds do not count.
    public var prompt: Bool
    /// Whether words that many documents of the corpus share do not count.
    public var boilerplate: Bool
    /// Whether words inside quotation marks do not count; they are told apart in any case.
    public var quotes: Bool
    /// The length of a stretch of words by which boilerplate is known, at least 1.
    public var boilerplateWords: Int
    /// The number of documents in which such a stretch must stand, at least 2.
    public var boilerplateDocuments: Int
    /// The length of a stretch of words of the prompt that does not count, at least 1.
    public var promptWords: Int

    /// Creates rules; by default what the prompt or three documents hold does not count, and quotations do.
    public init(
        prompt: Bool = true, boilerplate: Bool = true, quotes: Bool = false, boilerplateWords: Int = 8,
        boilerplateDocuments: Int = 3, promptWords: Int = 5
    ) {
        self.prompt = prompt
        self.boilerplate = boilerplate
        self.quotes = quotes
        self.boilerplateWords = boilerplateWords
        self.boilerplateDocuments = boilerplateDocuments
        self.promptWords = promptWords
    }
}
