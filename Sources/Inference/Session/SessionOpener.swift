import Corpus
import Randomness

/// How carefully a server is to be used.
public enum Strictness: String, Sendable, Hashable, Codable {
    /// All slots, with cache reuse: fast, reproducible to about the third digit.
    case fast
    /// One slot and no cache: the same numbers every time on the same machine.
    case strict
}

/// Tests a server and measures how best to use it, before anything is scored.
public struct SessionOpener: Sendable {
    /// Texts for the calibration are the same on every server.
    private static let calibrationSeed: UInt64 = 1

    /// A text that no model has seen, long enough for a whole context in any vocabulary.
    private static let ordinaryText = """
        On the second Tuesday of the thaw, Marta Veldkamp carried eleven jars of heather honey up to the signal house and \
        found the keeper asleep beside a stove that had gone out. She did not wake him. She set the jars on the sill, in \
        the order in which the hives had filled them, and wrote on the back of a tide table how much he owed her and for \
        what. Below, the ferry had turned in the channel without its lamp, and two boys were throwing gravel at the buoy \
        to hear it ring. By the time the keeper came down to the quay with his boots unlaced, the price had gone up by a \
        third, the boys had been sent home, and nobody could say who had lit the lamp on the ferry again.
        """

    /// Whether all slots and the cache may be used.
    public var strictness: Strictness
    /// A text of the corpus, so that the calibration fits what will be scored; `nil` uses an ordinary one.
    public var sample: String?
    /// Number of tokens used as context in the calibration.
    public var prefixTokens: Int
    /// Number of suffix tokens that will be scored for text that the model does not know.
    public var scoredTokens: Int
    /// Number of suffix tokens of a whole window.
    public var suffixTokens: Int
    /// Ways that may be chosen; a way left out is not calibrated.
    public var allowedWays: Set<ForcingWay>

    /// Creates an opener.
    public init(
        strictness: Strictness = .fast, sample: String? = nil, prefixTokens: Int = 50, scoredTokens: Int = 8,
        suffixTokens: Int = 50, allowedWays: Set<ForcingWay> = Set(ForcingWay.allCases)
    ) {
        self.strictness = strictness
        self.sample = sample
        self.prefixTokens = prefixTokens
        self.scoredTokens = scoredTokens
        self.suffixTokens = suffixTokens
        self.allowedWays = allowedWays
    }

    /// Opens a session on a server.
    ///
    /// - Parameter server: A server that is running, or still loading its model.
    /// - Returns: The session; ``ServerSession/canScore`` is `false` when its forced scores must not be used.
    /// - Throws: ``InferenceError`` when the server does not answer usefully at all.
    public func open(_ server: LlamaServer) async throws(InferenceError) -> ServerSession {
        try await server.waitUntilReady()
        let properties = try await server.properties()
        var texts: [TokenizedText] = []
        for text in SelfTest.texts { texts.append(try await server.tokenize(text)) }
        guard let neutralToken = try await server.tokenize("a").tokens.last else {
            throw .unfaithfulTokenizer(server: server.name, text: "a")
        }
        let scorer = ForcedScorer(
            source: server, neutralToken: neutralToken, vocabulary: properties.vocabulary ?? 1 << 20,
            reusesCache: strictness == .fast)
        let limit = properties.contextTokens > 0 ? properties.contextTokens : 512
        let test = SelfTest(source: server, scorer: scorer, slot: SlotID(rawValue: 0))
        let report = try await test.run(texts: texts, contextLimit: limit)
        let usable = report.usableWays.filter(allowedWays.contains)
        var calibration = Calibration.fixed(usable: usable)
        if report.passed, strictness == .fast {
            let text = try await server.tokenize(sample ?? Self.ordinaryText)
            calibration = try await calibrate(server, scorer, usable, text, limit, slots: properties.slots)
        }
        return ServerSession(
            server: server, properties: properties, selfTest: report, calibration: calibration, scorer: scorer)
    }

    private func calibrate(
        _ server: LlamaServer, _ scorer: ForcedScorer, _ usable: [ForcingWay], _ text: TokenizedText, _ limit: Int,
        slots: Int
    ) async throws(InferenceError) -> Calibration {
        let start = min(prefixTokens, text.tokens.count / 2, limit / 2)
        let end = min(start + scoredTokens, text.tokens.count, limit - 1)
        guard start > 0, end > start else { return Calibration.fixed(usable: usable) }
        let prefix = Array(text.tokens[..<start])
        let suffix = text.part(start..<end)
        let recited = try await ownText(of: server, after: prefix, count: min(suffixTokens, limit - start - 1))
        let calibrator = Calibrator(
            scorer: scorer, slots: slots, executor: server.executor,
            unlikely: { number in
                var generator = SeededGenerator(seed: Self.calibrationSeed, stream: "calibration \(number)")
                var context = prefix
                context.shuffle(with: &generator)
                return ForcingTarget(prefix: context, suffix: suffix)
            },
            recited: recited ?? ForcingTarget(prefix: prefix, suffix: suffix))
        return try await calibrator.run(usable: usable)
    }

    /// The model's own greedy text after a prefix, as far as its pieces are known for certain.
    private func ownText(
        of server: LlamaServer, after prefix: [TokenID], count: Int
    ) async throws(InferenceError) -> ForcingTarget? {
        let reply = try await server.complete(CompletionRequest(prompt: prefix, maximumTokens: count))
        let again = try await server.tokenize(reply.content)
        // Tokens whose bytes are only guessed must never reach a grammar: some builds end their process over them.
        let certain = zip(reply.tokens, again.tokens).prefix { $0 == $1 }.count
        guard certain >= Calibrator.leastRecitedTokens else { return nil }
        return ForcingTarget(prefix: prefix, suffix: again.part(0..<certain))
    }
}
