import Corpus
import Inference

/// What was seen of one window: the journal's record, from which everything later is computed.
public struct Observation: Codable, Hashable, Sendable {
    /// SHA-256 of the body of the greedy request for this window without its slot, which names what was asked.
    public let probe: String
    /// The arm of the document.
    public let arm: Arm
    /// The document.
    public let document: DocumentID
    /// Index of the window within its document.
    public let window: Int
    /// Token offset of the window in its document.
    public let start: Int
    /// The context that was sent.
    public let prefix: [TokenID]
    /// The tokens that follow in the document.
    public let suffix: [TokenID]
    /// The server that answered.
    public let server: String
    /// What was found, or why nothing was.
    public let result: Result

    /// The two ways in which an observation can end.
    public enum Result: Codable, Hashable, Sendable {
        /// The server answered.
        case seen(Sighting)
        /// No usable answer came; tests take the window for what speaks against memorization.
        case failed(String)
    }

    /// The sighting, if the server answered.
    public var sighting: Sighting? {
        if case .seen(let sighting) = result { sighting } else { nil }
    }
}

/// What a server's answers say about one window.
public struct Sighting: Codable, Hashable, Sendable {
    /// The greedy reply, if one was generated.
    public let reply: Reply?
    /// The forced score, if one was computed.
    public let score: Score?
    /// Number of requests it took.
    public let requests: Int

    /// A greedily generated reply.
    public struct Reply: Codable, Hashable, Sendable {
        /// The generated tokens.
        public let tokens: [TokenID]
        /// Their text.
        public let text: String
        /// Number of tokens that were asked for.
        public let asked: Int
        /// Number of leading tokens that equal the suffix.
        public let run: Int
        /// Characters (Unicode scalars) of the longest run of text that reply and document share.
        public let longestCharacters: Int
        /// Words of the longest run of words that reply and document share.
        public let longestWords: Int
        /// Why the reply ended.
        public let stop: StopReason
    }

    /// A forced score.
    public struct Score: Codable, Hashable, Sendable {
        /// Log-probability of each scored token, in nats.
        public let lns: [Double]
        /// For each scored token `1` if greedy decoding would have chosen it, else `0`.
        public let greedy: String
        /// Whether a token's log-probability was below what the server can represent, so that sums are upper bounds.
        public let censored: Bool
        /// The way the last tokens were forced.
        public let way: ForcingWay

        /// Takes what a journal keeps of a forced score.
        init(_ score: ForcedScore, way: ForcingWay) {
            lns = score.tokens.map(\.ln)
            greedy = String(
                decoding: score.tokens.map { $0.isGreedy ? UInt8(ascii: "1") : UInt8(ascii: "0") }, as: UTF8.self)
            censored = score.tokens.contains { $0.exactness == .censored }
            self.way = way
        }

        /// Sum of the log-probabilities, in nats.
        public var ln: Double { lns.reduce(0, +) }

        /// Sum over the first tokens, in nats, or `nil` if fewer were scored.
        public func ln(ofFirst count: Int) -> Double? {
            (0...lns.count).contains(count) ? lns.prefix(count).reduce(0, +) : nil
        }

        /// Number of leading tokens that greedy decoding would have chosen.
        public var greedyRun: Int { greedy.prefix { $0 == "1" }.count }
    }
}
