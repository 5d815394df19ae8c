import Corpus

/// What the start-up test of a server found.
public struct SelfTestReport: Sendable, Hashable, Codable {
    /// The result of trying one way of forcing.
    public struct WayResult: Sendable, Hashable, Codable {
        /// The way that was tried.
        public let way: ForcingWay
        /// Largest difference per token to the reference, in nats; `nil` when it could not be measured.
        public let largestDifference: Double?
        /// Why the way cannot be used here, or `nil` if it can.
        public let obstacle: String?

        /// Whether the way may be used.
        public var isUsable: Bool { obstacle == nil }
    }

    /// One result per way, in the order of ``ForcingWay``.
    public let ways: [WayResult]
    /// Why forced scores of this server must not be used, or `nil` if they may.
    public let obstacle: String?

    /// Creates a report.
    public init(ways: [WayResult], obstacle: String?) {
        self.ways = ways
        self.obstacle = obstacle
    }

    /// Whether forced scores may be used.
    public var passed: Bool { obstacle == nil }

    /// The ways that may be used.
    public var usableWays: [ForcingWay] { ways.filter(\.isUsable).map(\.way) }
}

/// Checks, before anything is measured, that a server's forced scores are what they claim to be.
///
/// Silent nonsense is the documented failure of this field: servers that accept a request for log-probabilities and
/// answer zeros, or probabilities after the bias instead of before it. The test compares each way of forcing with an
/// independent account of the same numbers and refuses what does not agree.
struct SelfTest {
    /// Largest difference allowed between two accounts of one token's log-probability, in nats.
    static let tolerance = 0.01
    /// Share of tokens on which two accounts may disagree about the most probable one, because of near-ties.
    static let tolerableChoices = 0.1
    /// Number of tokens of the model's own text that are forced again.
    static let recitedTokens = 24
    /// Number of tokens of each probe text that free runs are tried on, besides the model's own text.
    static let unknownTokensOfFreeRun = 8
    /// Number of tokens of a probe text used as context.
    static let contextTokens = 4

    /// Texts that are forced; the second holds characters that most vocabularies split.
    static let texts = [
        "The harbour master counted nine grey boats before the fog came in from the north.",
        "“Déjà vu,” said Ms Ørsted — the café’s sign read 東京 and Привет, with a 🦊 beside it.",
    ]

    let source: any CompletionSource
    let scorer: ForcedScorer
    let slot: SlotID?

    /// Runs the test.
    ///
    /// - Parameters:
    ///   - texts: The probe texts, tokenized by this server.
    ///   - contextLimit: Most tokens that one slot can hold.
    func run(texts: [TokenizedText], contextLimit: Int) async throws(InferenceError) -> SelfTestReport {
        let targets = texts.compactMap { target(from: $0, limit: contextLimit) }
        guard let first = targets.first else {
            return SelfTestReport(ways: [], obstacle: "the server's context is too short for any test")
        }
        do throws(InferenceError) { return try await examine(targets, first) } catch {
            // A server that cannot score can still generate; one that is gone can do nothing.
            if error.isServerFault || error.isCancellation { throw error }
            return SelfTestReport(ways: [], obstacle: error.description)
        }
    }

    private func examine(
        _ targets: [ForcingTarget], _ first: ForcingTarget
    ) async throws(InferenceError) -> SelfTestReport {
        var own = try await ownText(after: first.prefix)
        // A reply that begins inside a character says nothing about its first token.
        for target in targets.dropFirst() where own.reported.isEmpty { own = try await ownText(after: target.prefix) }
        var ways: [SelfTestReport.WayResult] = []
        var references: [ForcedScore] = []
        for target in targets { references.append(try await scorer.score(target, way: .single, slot: slot)) }
        for way in ForcingWay.allCases {
            ways.append(try await compare(way, targets, references, own))
        }
        return SelfTestReport(ways: ways, obstacle: obstacle(ways, references, own))
    }

    /// The model's own greedy text with the probabilities that the free run reported.
    private struct OwnText {
        let target: ForcingTarget
        let reported: [Double]
    }

    private func ownText(after prefix: [TokenID]) async throws(InferenceError) -> OwnText {
        let request = CompletionRequest(
            prompt: prefix, maximumTokens: Self.recitedTokens, topProbabilities: 1, slot: slot)
        let reply = try await source.complete(request, lookingUp: nil)
        return OwnText(
            target: ForcingTarget(
                prefix: prefix,
                // The pieces of generated tokens are unknown, and irrelevant to forcing one token at a time.
                suffix: TokenizedText(tokens: reply.tokens, pieces: reply.tokens.map { _ in [UInt8(ascii: "?")] })),
            reported: Self.pairInOrder(reply.rows, reply.tokens))
    }

    /// The probability reported for each token, as far as rows can be paired without knowing which were withheld:
    /// up to the first token whose row is missing.
    private static func pairInOrder(_ rows: [ProbabilityRow], _ tokens: [TokenID]) -> [Double] {
        zip(rows, tokens).prefix { $0.token == $1 }.map { $0.0.ln }
    }

    private func target(from text: TokenizedText, limit: Int) -> ForcingTarget? {
        let start = min(Self.contextTokens, text.tokens.count / 2)
        let end = min(text.tokens.count, limit - 1)
        guard start > 0, end - start >= 4 else { return nil }
        return ForcingTarget(prefix: Array(text.tokens[..<start]), suffix: text.part(start..<end))
    }

    /// Compares one way with the reference on every probe text.
    private func compare(
        _ way: ForcingWay, _ targets: [ForcingTarget], _ references: [ForcedScore], _ own: OwnText
    ) async throws(InferenceError) -> SelfTestReport.WayResult {
        var largest = 0.0
        var otherChoices = 0
        var compared = 0
        do throws(InferenceError) {
            if way == .single || way == .freeRun {
                let again = try await scorer.score(own.target, way: way, slot: slot)
                for (score, reported) in zip(again.tokens, own.reported) {
                    largest = max(largest, abs(score.ln - min(reported, 0)))
                }
                if !own.reported.isEmpty, again.greedyRun < own.target.suffix.tokens.count - 1 {
                    return result(way, largest, "the model's own greedy text is not what it would choose greedily")
                }
            }
            if way != .single {
                // On unknown text almost every free run is thrown away, so a few tokens must do.
                let count = way == .freeRun ? Self.unknownTokensOfFreeRun : nil
                for (target, reference) in zip(targets, references) {
                    let score = try await scorer.score(target, first: count, way: way, slot: slot)
                    compared += score.tokens.count
                    for (one, other) in zip(score.tokens, reference.tokens) {
                        largest = max(largest, abs(one.ln - other.ln))
                        if one.isGreedy != other.isGreedy { otherChoices += 1 }
                    }
                }
            }
        } catch {
            if error.isServerFault || error.isCancellation { throw error }
            return SelfTestReport.WayResult(way: way, largestDifference: nil, obstacle: error.description)
        }
        if largest > Self.tolerance { return result(way, largest, "differs from other accounts of the same tokens") }
        let disagrees = Double(otherChoices) > Self.tolerableChoices * Double(compared)
        return result(way, largest, disagrees ? "disagrees on which tokens are the most probable" : nil)
    }

    private func result(_ way: ForcingWay, _ largest: Double, _ obstacle: String?) -> SelfTestReport.WayResult {
        SelfTestReport.WayResult(way: way, largestDifference: largest, obstacle: obstacle)
    }

    private func obstacle(
        _ ways: [SelfTestReport.WayResult], _ references: [ForcedScore], _ own: OwnText
    ) -> String? {
        if let reference = ways.first(where: { $0.way == .single }), let obstacle = reference.obstacle {
            return "forcing one token at a time: \(obstacle)"
        }
        let reported = own.reported
        guard !reported.isEmpty else { return "no log-probabilities for the model's own text" }
        // A server that reports probabilities after the bias calls every forced token certain. Each text is judged by
        // itself, and without what was censored: byte tokens that are looked up show up as impossible there.
        let isCertain = references.contains { reference in
            reference.tokens.allSatisfy { $0.ln > -1e-3 || $0.exactness == .censored }
        }
        if isCertain { return "every forced token of a text is reported as certain" }
        let forced = references.flatMap { $0.tokens.map(\.ln) }
        let ownMean = reported.reduce(0, +) / Double(reported.count)
        let forcedMean = forced.reduce(0, +) / Double(forced.count)
        if forcedMean > ownMean + Self.tolerance {
            return "unlikely text scores higher than the model's own text"
        }
        return nil
    }
}
