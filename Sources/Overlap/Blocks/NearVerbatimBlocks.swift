/// The parts of a source that a reply repeats nearly word for word (Ahmed et al., 2026, arXiv 2601.02671).
///
/// Matching runs are found in order, longest first (``matchingBlocks(source:reply:ofAtLeast:)``), and merged and
/// filtered twice by a ``NearVerbatimRule``. The misalignment of two runs is the absolute difference of their gaps.
public struct NearVerbatimBlocks: Hashable, Codable, Sendable {
    /// The blocks, ascending in both texts.
    public let blocks: [NearVerbatimBlock]
    /// The number of words of the source.
    public let sourceWords: Int
    /// The number of words of the reply.
    public let replyWords: Int
    /// The rule by which the blocks were made.
    public let rule: NearVerbatimRule

    /// Compares two sequences of words, or of anything else that can be compared.
    ///
    /// - Parameters:
    ///   - source: The text that may have been memorized.
    ///   - reply: The text that the model produced.
    ///   - rule: How runs become blocks.
    /// - Complexity: As for ``matchingBlocks(source:reply:ofAtLeast:)``.
    public init<Element: Hashable>(
        source: some Sequence<Element>, reply: some Sequence<Element>, rule: NearVerbatimRule
    ) {
        let symbols = SymbolPair(source: source, reply: reply)
        self.init(
            symbols: symbols, places: SymbolPlaces(symbols.reply, symbolCount: symbols.symbolCount), rule: rule)
    }

    /// Compares the words of two texts; masked words match nothing.
    public init(source: ComparedText, reply: ComparedText, rule: NearVerbatimRule = .articles) {
        let symbols = SymbolPair(source: source, reply: reply)
        self.init(
            symbols: symbols, places: SymbolPlaces(symbols.reply, symbolCount: symbols.symbolCount), rule: rule)
    }

    init(symbols: SymbolPair, places: SymbolPlaces, rule: NearVerbatimRule) {
        sourceWords = symbols.source.count
        replyWords = symbols.reply.count
        self.rule = rule
        let runs = matchingBlocks(ofSymbols: symbols, places: places, ofAtLeast: rule.minimumRun)
        let near = Self.merged(runs.map { NearVerbatimBlock($0) }, by: rule.first)
        blocks = Self.merged(near, by: rule.second)
    }

    /// The number of words that match inside blocks.
    public var matchedWords: Int { blocks.reduce(0) { $0 + $1.matchedWords } }

    /// The matched part of the source, from 0 to 1 ("near-verbatim recall"); 0 for an empty source.
    public var recall: Double { sourceWords == 0 ? 0 : Double(matchedWords) / Double(sourceWords) }

    /// The number of matched words of the block with the most; 0 when there is none.
    public var longest: Int { blocks.map(\.matchedWords).max() ?? 0 }

    private static func merged(_ blocks: [NearVerbatimBlock], by pass: NearVerbatimRule.Pass) -> [NearVerbatimBlock] {
        var merged: [NearVerbatimBlock] = []
        for block in blocks {
            if let union = merged.last?.merged(with: block, by: pass) {
                merged[merged.count - 1] = union
            } else {
                merged.append(block)
            }
        }
        return merged.filter { $0.matchedWords >= pass.minimumMatchedWords }
    }
}
