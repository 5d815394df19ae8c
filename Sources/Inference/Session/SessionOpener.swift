import Corpus

/// How carefully a server is to be used.
public enum Strictness: String, Sendable, Hashable, Codable {
    /// All slots, with cache reuse: fast, reproducible to about the third digit.
    case fast
    /// One slot and no cache: the same numbers every time on the same machine.
    case strict
}

/// Tests a server and measures how best to use it, before anything is scored.
public struct SessionOpener: Sendable {
    /// Whether all slots and the cache may be used.
    public var strictness: Strictness
    /// A text of the corpus, so that the calibration fits what will be scored; `nil` uses the self-test's own text.
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
            let text: TokenizedText
            if let sample { text = try await server.tokenize(sample) } else { text = texts[0] }
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
        let unlikely = ForcingTarget(
            prefix: prefix,
            suffix: TokenizedText(
                tokens: Array(text.tokens[start..<end]), pieces: (start..<end).map { Array(text.piece($0)) }))
        let recited = try await ownText(of: server, after: prefix, count: min(suffixTokens, limit - start - 1))
        return try await Calibrator(scorer: scorer, slots: slots)
            .run(usable: usable, unlikely: unlikely, recited: recited ?? unlikely)
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
        let suffix = TokenizedText(
            tokens: Array(again.tokens[..<certain]), pieces: (0..<certain).map { Array(again.piece($0)) })
        return ForcingTarget(prefix: prefix, suffix: suffix)
    }
}
