import Corpus
import Inference
import Statistics

/// What was seen of one probe: the journal's record, from which everything later is computed.
public struct MeasurementObservation: Codable, Sendable {
    /// SHA-256 of the body of the greedy request for this probe without its slot, which names what was asked.
    public let probe: String
    /// The arm of the document.
    public let arm: Arm
    /// The document.
    public let document: DocumentID
    /// The condition under which it was asked.
    public let condition: ProbeCondition
    /// Where the prefix begins, in units of the grid.
    public let start: Int
    /// The tokens that were sent, with what the elicitation put around the prefix.
    public let prefix: [TokenID]
    /// The tokens that were expected back.
    public let suffix: [TokenID]
    /// Where the prefix stands in the document, in bytes of UTF-8.
    public let prefixBytes: Range<Int>
    /// Where the suffix stands in the document, in bytes of UTF-8.
    public let suffixBytes: Range<Int>
    /// The server that answered.
    public let server: String
    /// What was found, or why nothing was.
    public let result: Result

    /// The body of the greedy request for this probe, without its slot; ``probe`` is its SHA-256.
    ///
    /// - Parameter plan: The plan of the run.
    public func requestBody(_ plan: MeasurementPlan) -> [UInt8] {
        CompletionRequest(
            prompt: prefix, maximumTokens: suffix.count + plan.grid.slackTokens, reusesCache: plan.strictness == .fast
        ).body
    }

    /// The two ways in which a probe can end.
    public enum Result: Codable, Sendable {
        /// The server answered.
        case seen(MeasurementSighting)
        /// No usable answer came.
        case failed(String)
    }

    /// The sighting, if the server answered.
    public var sighting: MeasurementSighting? {
        if case .seen(let sighting) = result { sighting } else { nil }
    }

    /// What names a probe within a run.
    var key: Key { Key(arm: arm, document: document, condition: condition, start: start) }

    /// Names a probe within a run.
    struct Key: Hashable {
        let arm: Arm
        let document: DocumentID
        let condition: ProbeCondition
        let start: Int
    }
}

/// What a server's answers say about one probe.
public struct MeasurementSighting: Codable, Sendable {
    /// The generated replies: the greedy one first, then the samples in the order of their seeds.
    public let replies: [MeasuredReply]
    /// The probability of the true suffix, if it was scored.
    public let score: SuffixScore?
    /// The probability of a nearly verbatim reply, if it was searched for.
    public let nearVerbatimBound: ConstrainedSearch.Bound?
    /// Number of requests it took, those of the search included.
    public let requests: Int
}

/// One generated reply with what it repeats.
public struct MeasuredReply: Codable, Sendable {
    /// How it was drawn.
    public let decoding: ReplyDecoding
    /// Its tokens.
    public let tokens: [TokenID]
    /// Its text, reasoning and marks included.
    public let text: String
    /// Number of tokens that were asked for.
    public let asked: Int
    /// Why it ended.
    public let stop: StopReason
    /// What it was.
    public let judgement: ReplyJudgement
    /// What it repeats of its document.
    public let overlap: ReplyOverlap
    /// Words of the longest run that the reasoning shares with the document; `nil` without reasoning.
    public let reasoningWords: Int?
    /// What it repeats of another document, when that is longer than what it repeats of its own.
    public let elsewhere: CorpusRecital?
}

/// ln p_z of the true suffix, token by token.
public struct SuffixScore: Codable, Hashable, Sendable {
    /// Log-probability of each scored token, in nats; fewer than the suffix has when scoring was abandoned.
    public let lns: [Double]
    /// The number of tokens of the suffix.
    public let suffixTokens: Int
    /// Whether the sum is only an upper bound: scoring was abandoned, or a token was below what the server represents.
    public let isBound: Bool

    init(_ score: ForcedScore) {
        lns = score.tokens.map(\.ln)
        suffixTokens = score.suffixCount
        isBound = score.isCensored
    }

    /// The sum of the log-probabilities, in nats.
    public var ln: Double { lns.reduce(0, +) }

    /// p_z, or 0 where only an upper bound is known.
    public var provenProbability: Double { isBound ? 0 : LogProbability.value(ln: ln) }
}

extension LogProbability {
    /// The probability of a logarithm that may be a rounding error above 0.
    static func value(ln: Double) -> Double { (try? LogProbability(ln: min(ln, 0)))?.value ?? 0 }
}
