import Corpus
import RealModule

/// Which of a model's own texts begin alike.
///
/// Texts sampled from the empty context begin as documents of the training data did. Headers that many documents shared
/// (a site's banner, a licence, a record's first lines) come back word for word, and are candidates for a prefix that
/// makes the model recite those documents.
///
/// A shared opening is a **candidate** when
/// - it has ``OpeningRule/lengths`` tokens and enough of the texts begin with it;
/// - it ends on firm ground: at least half of the texts that have all of it but the last token have that token too; so
///   an opening is not prolonged by a word that merely happens to be common; and
/// - it ends where something ends: the next token is open (no continuation has enough texts and half of them: the
///   min-entropy of the next token exceeds 1 bit), or its last token ends a line, or it has the largest length.
///
/// The share of the most frequent continuation is used rather than Shannon's entropy because it can be estimated from
/// the few texts that are left deep inside a trie, where the entropy is biased low.
///
/// So of openings that continue each other and are shared by nearly the same texts only the longest is a candidate, and
/// those that end a line. Candidates are ranked by support × length: the number of sampled tokens they account for,
/// which is what a coincidence would have had to produce.
public struct OpeningRanking: Hashable, Sendable {
    /// The candidates, best first; ties by length, then by tokens.
    public let candidates: [Opening]
    /// The number of texts that were given.
    public let texts: Int

    /// Finds the openings that texts share.
    ///
    /// - Parameters:
    ///   - texts: Token sequences as sampled, without what the tokenizer puts before every text.
    ///   - rule: What makes an opening a candidate.
    ///   - endsLine: Whether a token's text contains a line end.
    /// - Complexity: O(*n* log *n* · largest length) comparisons for *n* texts.
    public init(
        texts: [[TokenID]], rule: OpeningRule = OpeningRule(), endsLine: @escaping (TokenID) -> Bool = { _ in false }
    ) {
        self.texts = texts.count
        let trie = OpeningTrie(texts: texts, deepest: rule.lengths.upperBound)
        let support = rule.leastSupport(ofTexts: texts.count)
        var finder = OpeningFinder(trie: trie, rule: rule, leastSupport: support, endsLine: endsLine)
        finder.visit(trie.root, isFirm: true)
        candidates = finder.found.sorted { left, right in
            let (a, b) = (left.accountedTokens, right.accountedTokens)
            if a != b { return a > b }
            if left.tokens.count != right.tokens.count { return left.tokens.count > right.tokens.count }
            return left.tokens.lexicographicallyPrecedes(right.tokens)
        }
    }
}

/// The beginning of several texts.
public struct Opening: Hashable, Codable, Sendable {
    /// Its tokens.
    public let tokens: [TokenID]
    /// The number of texts that begin with it.
    public let support: Int
    /// The min-entropy of the next token, in bits: 0 when all texts go on alike; the end of a text counts as a token.
    public let branching: Double
    /// Whether its last token ends a line.
    public let endsLine: Bool

    /// Support × length: the sampled tokens that it accounts for.
    public var accountedTokens: Int { support * tokens.count }
}

/// What makes a shared opening a candidate.
public struct OpeningRule: Hashable, Encodable, Sendable {
    /// The lengths a candidate may have, in tokens.
    public let lengths: ClosedRange<Int>
    /// The smallest share of the texts that must begin with it.
    public let leastShare: Double
    /// The smallest number of texts that must begin with it.
    public let leastTexts: Int

    /// Creates a rule; numbers outside their ranges are brought to the nearest that is inside.
    ///
    /// - Parameters:
    ///   - lengths: In tokens, from 1 to 512.
    ///   - leastShare: From 0 to 1.
    ///   - leastTexts: 2 or more.
    public init(lengths: ClosedRange<Int> = 2...64, leastShare: Double = 0.01, leastTexts: Int = 3) {
        self.lengths = lengths.clamped(to: 1...512)
        self.leastShare = leastShare.isNaN ? 1 : min(max(0, leastShare), 1)
        self.leastTexts = max(2, leastTexts)
    }

    /// The number of texts that must begin with a candidate, out of `texts`.
    public func leastSupport(ofTexts texts: Int) -> Int {
        max(leastTexts, Int((leastShare * Double(max(0, texts))).rounded(.up)))
    }
}
