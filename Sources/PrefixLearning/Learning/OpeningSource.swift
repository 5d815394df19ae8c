import Corpus
import Inference
import Randomness
import Synchronization

/// Proposes what the model under test itself begins texts with.
///
/// A model that is given nothing but the begin-of-text token begins a text as its training texts began; headers that
/// stood before many documents surface there (see ``OpeningRanking``).
public struct OpeningSource: CandidateSource {
    /// Texts that are sampled, each by one request.
    public let texts: Int
    /// Most candidates that are proposed.
    public let mostCandidates: Int

    /// Length of a sampled text, in tokens.
    static let textTokens = 64

    /// Creates a source.
    public init(texts: Int, mostCandidates: Int = 24) {
        self.texts = texts
        self.mostCandidates = mostCandidates
    }

    /// Samples texts from the empty context and proposes what they begin with.
    public func propose(
        on bench: LearningBench
    ) async throws -> (candidates: [Candidate], notices: [String]) {
        guard !bench.leading.isEmpty else {
            return ([], ["the model has no begin-of-text token, so its own openings cannot be sampled"])
        }
        let sampled = try await sample(on: bench)
        guard let server = bench.fleet.sessions.first?.server, !sampled.isEmpty else { return ([], []) }
        // Rare tokens end no frequent opening.
        let counts = Dictionary(sampled.joined().map { ($0, 1) }, uniquingKeysWith: +)
        let lineEnds = try await lineEnds(
            of: counts.filter { $0.value >= OpeningRule().leastTexts }.keys.sorted(), server)
        let ranking = OpeningRanking(texts: sampled, endsLine: lineEnds.contains)
        var candidates: [Candidate] = []
        for opening in ranking.candidates.prefix(mostCandidates) {
            let text = try await server.detokenize(opening.tokens)
            let parts: [TemplateText.Part] = [.literal(text), .prefix]
            guard
                let template = try? PromptTemplate(
                    id: PromptID(rawValue: "opening.\(candidates.count + 1)"),
                    content: .completion(TemplateText(parts: parts)),
                    note: "\(opening.support) of \(ranking.texts) sampled texts begin with it")
            else { continue }
            candidates.append(
                Candidate(
                    origin: .openings, template: template,
                    elicitation: Elicitation(id: template.id, before: bench.leading + opening.tokens)))
        }
        return (candidates, [])
    }

    private func sample(on bench: LearningBench) async throws -> [[TokenID]] {
        var generator = SeededGenerator(seed: bench.seed, stream: "openings")
        let seeds = (0..<texts).map { _ in UInt32(truncatingIfNeeded: generator.next()) }
        let sampled = Mutex([[TokenID]?](repeating: nil, count: texts))
        let ledger = bench.ledger
        try await bench.fleet.run(Array(seeds.indices)) { index, place throws(InferenceError) -> [TokenID]? in
            guard ledger.reserve(1) else { return nil }
            defer { ledger.settle(reserved: 1, spent: 1) }
            return try await place.session.server.complete(
                CompletionRequest(
                    prompt: bench.leading, maximumTokens: min(Self.textTokens, bench.room),
                    sampling: .sampled(temperature: 1, topK: 0, seed: seeds[index]), slot: place.slot)
            ).tokens
        } finished: { index, outcome in
            if case .done(let tokens?) = outcome { sampled.withLock { $0[index] = tokens } }
            return .goOn
        }
        return sampled.withLock { $0.compactMap { $0 } }
    }

    /// The tokens whose text holds a line end.
    private func lineEnds(of tokens: [TokenID], _ server: LlamaServer) async throws -> Set<TokenID> {
        var found: Set<TokenID> = []
        for token in tokens where try await server.detokenize([token]).contains("\n") {
            found.insert(token)
        }
        return found
    }
}
