import Corpus
import Statistics

/// The forced score of one token: what the model thought of it, given everything before it.
public struct TokenScore: Hashable, Sendable {
    /// How much of the true value the number is.
    public enum Exactness: String, Hashable, Sendable, Codable {
        /// The raw full-vocabulary log-probability.
        case exact
        /// The server could not represent the probability; the true value is at most this one.
        case censored
    }

    /// The forced token.
    public let token: TokenID
    /// Its log-probability in nats.
    public let ln: Double
    /// Whether greedy decoding would have chosen it.
    public let isGreedy: Bool
    /// Whether ``ln`` is the value or an upper bound of it.
    public let exactness: Exactness

    /// The natural logarithm of the smallest positive 32-bit float.
    ///
    /// A server that computes in 32 bits cannot tell
    /// smaller probabilities from zero and reports them as a huge negative number.
    public static let floor = -103.27892990343185

    /// Creates a score, turning a value under float range into a censored one at ``floor``.
    public init(token: TokenID, ln: Double, isGreedy: Bool) {
        self.token = token
        self.isGreedy = isGreedy
        if ln < Self.floor {
            self.ln = Self.floor
            exactness = .censored
        } else {
            // Rounding in the server's softmax can leave a certain token a hair above zero.
            self.ln = min(ln, 0)
            exactness = .exact
        }
    }
}

/// ln p(suffix | prefix), token by token, by teacher forcing.
public struct ForcedScore: Hashable, Sendable {
    /// One score per suffix token from the first on; shorter than the suffix when scoring was abandoned.
    public let tokens: [TokenScore]
    /// Number of tokens in the suffix that was to be scored.
    public let suffixCount: Int
    /// Requests it took.
    public let requests: Int

    /// Creates a score from its parts.
    public init(tokens: [TokenScore], suffixCount: Int, requests: Int) {
        self.tokens = tokens
        self.suffixCount = suffixCount
        self.requests = requests
    }

    /// Whether scoring stopped early, so that ``ln`` is an upper bound of the suffix's log-probability.
    public var wasAbandoned: Bool { tokens.count < suffixCount }

    /// Whether ``ln`` is an upper bound and not the value.
    public var isCensored: Bool { wasAbandoned || tokens.contains { $0.exactness == .censored } }

    /// The sum of the tokens' log-probabilities, in nats.
    public var ln: Double { tokens.reduce(0) { $0 + $1.ln } }

    /// The sum over the first tokens, in nats, or `nil` if fewer were scored.
    public func ln(ofFirst count: Int) -> Double? {
        guard (0...tokens.count).contains(count) else { return nil }
        return tokens.prefix(count).reduce(0) { $0 + $1.ln }
    }

    /// Number of leading tokens that greedy decoding would have chosen.
    public var greedyRun: Int { tokens.prefix { $0.isGreedy }.count }
}

/// What is to be forced: a context and the tokens that must follow it.
public struct ForcingTarget: Sendable {
    /// The context, in tokens.
    public let prefix: [TokenID]
    /// The tokens to score, with the bytes they stand for.
    public let suffix: TokenizedText

    /// Creates a target.
    public init(prefix: [TokenID], suffix: TokenizedText) {
        self.prefix = prefix
        self.suffix = suffix
    }

    /// The context that precedes the suffix token with the given index.
    func context(before index: Int) -> [TokenID] { prefix + suffix.tokens[..<index] }
}
