import Corpus
import Inference
import Randomness
import Synchronization

/// Searches for prompts for single documents, many documents at once, on the servers of a bench.
public struct SampleSearcher: Sendable {
    /// The published ways of searching.
    public enum Method: Sendable {
        /// ``BestOfN`` over what the sources propose.
        case bestOfN(candidates: Int = 24, generations: Int = 3)
        /// ``RandomTokens``.
        case randomTokens(RandomTokens.Options)
    }

    private let bench: LearningBench
    private let method: Method
    private let limits: SampleSearch.Limits

    /// Suggestions that are asked for at one place.
    static let suggestionsPerPlace = 8

    /// Creates a searcher.
    ///
    /// - Parameters:
    ///   - bench: Servers, rules, and the documents to search for; its ledger counts the requests.
    ///   - method: How to search.
    ///   - limits: When to end the search for a document.
    public init(bench: LearningBench, method: Method, limits: SampleSearch.Limits) {
        self.bench = bench
        self.method = method
        self.limits = limits
    }

    /// Searches for a prompt for each of the bench's documents.
    ///
    /// - Parameters:
    ///   - sources: What proposes the pool of ``BestOfN``, once for all documents.
    ///   - known: Prompts that are tried first, such as learned prefixes, best first.
    /// - Returns: What was found, in the order of the documents.
    /// - Throws: ``InferenceError`` when all servers were lost, `CancellationError`.
    public func search(
        sources: [any CandidateSource] = [], known: [Candidate] = []
    ) async throws -> SampleSearchReport {
        let spentBefore = bench.ledger.spent
        var pool = CandidatePool(screen: bench.screen, leading: bench.leading, room: bench.room)
        if case .bestOfN = method {
            for source in sources {
                let (candidates, notices) = try await source.propose(on: bench)
                pool.add(candidates)
                pool.note(notices)
            }
        }
        let poolCalls = bench.ledger.spent - spentBefore
        let candidates = pool.candidates
        let outcomes = Mutex([SampleOutcome?](repeating: nil, count: bench.documents.count))
        try await bench.fleet.run(Array(bench.documents.indices)) { index, place throws(InferenceError) in
            let document = bench.documents[index]
            var search = SampleSearch(
                document: document.name, strategy: strategy(for: document.name, candidates, place),
                known: known.compactMap { $0.elicitation(for: document.name) }, limits: limits, refuses: refuses)
            while let question = search.question {
                let (answer, requests) = try await self.answer(question, document, place)
                search.take(answer, requests: requests)
            }
            return search.outcome
        } finished: { index, outcome in
            switch outcome {
            case .done(let found): outcomes.withLock { $0[index] = found }
            case .failed(let error): throw error
            }
            return .goOn
        }
        return SampleSearchReport(
            outcomes: outcomes.withLock { $0.compactMap { $0 } }, poolCalls: poolCalls, notices: pool.notices)
    }

    private func strategy(
        for document: ArmedDocument, _ candidates: [Candidate], _ place: Fleet.Place
    ) -> any SampleStrategy {
        switch method {
        case .bestOfN(let count, let generations):
            BestOfN(
                pool: [.none(leading: bench.leading)] + candidates.compactMap { $0.elicitation(for: document) },
                leading: bench.leading, candidates: count, generations: generations, longest: bench.room,
                seed: bench.seed, document: document)
        case .randomTokens(var options):
            RandomTokens(
                leading: bench.leading, vocabulary: place.session.properties.vocabulary ?? 1,
                options: {
                    options.longest = min(options.longest, bench.room)
                    return options
                }(), seed: bench.seed, document: document)
        }
    }

    private func refuses(_ prompt: Elicitation) -> Bool {
        do throws(Leak) { try bench.screen.check(prompt) } catch { return true }
        return prompt.tokenCount > bench.room
    }

    /// Asks the target; a document that cannot be scored gives no answer, a lost server is the fleet's business.
    private func answer(
        _ question: SampleSearch.Question, _ document: LearningDocument, _ place: Fleet.Place
    ) async throws(InferenceError) -> (SampleSearch.Answer, requests: Int) {
        let most = most(question, document, place)
        guard bench.ledger.reserve(most) else { return (.none, 0) }
        do throws(InferenceError) {
            let (answer, requests) = try await ask(question, document, place)
            bench.ledger.settle(reserved: most, spent: requests)
            return (answer, requests)
        } catch {
            bench.ledger.settle(reserved: most, spent: most)
            if error.isServerFault || error.isCancellation { throw error }
            return (.none, most)
        }
    }

    private func most(_ question: SampleSearch.Question, _ document: LearningDocument, _ place: Fleet.Place) -> Int {
        guard case .score = question else { return 1 }
        return document.window.usualRequests(
            first: document.window.suffix.tokens.count, way: Self.way(on: place.session))
    }

    private func ask(
        _ question: SampleSearch.Question, _ document: LearningDocument, _ place: Fleet.Place
    ) async throws(InferenceError) -> (SampleSearch.Answer, requests: Int) {
        let (prefix, suffix) = (document.window.prefix, document.window.suffix)
        switch question {
        case .score(let prompt):
            let score = try await place.session.scorer.score(
                ForcingTarget(prefix: prompt.context(of: prefix), suffix: suffix), way: Self.way(on: place.session),
                slot: place.slot)
            let count = score.tokens.count
            guard count > 0 else { return (.none, score.requests) }
            return (.score(score.ln / Double(count), isGreedy: score.greedyRun == suffix.tokens.count), score.requests)
        case .suggestions(let context):
            let reply = try await place.session.server.completeKeepingCandidates(
                CompletionRequest(
                    prompt: context, maximumTokens: 1, topProbabilities: Self.suggestionsPerPlace, slot: place.slot))
            return (.suggestions(reply.rows.first?.candidates.map(\.token) ?? []), 1)
        case .recitation(let prompt):
            let reply = try await place.session.server.complete(
                CompletionRequest(
                    prompt: prompt.context(of: prefix), maximumTokens: suffix.tokens.count, slot: place.slot))
            return (.recitation(reply.tokens == suffix.tokens), 1)
        }
    }

    /// The way of forcing that needs the fewest requests.
    private static func way(on session: ServerSession) -> ForcingWay {
        [.echo, .grammar].first(where: session.selfTest.usableWays.contains) ?? session.calibration.unlikely
    }
}

/// What searches for single documents have found.
public struct SampleSearchReport: Sendable {
    /// One outcome per document.
    public let outcomes: [SampleOutcome]
    /// Requests that the pool of prompts took, once for all documents.
    public let poolCalls: Int
    /// Sentences for the user.
    public let notices: [String]

    /// Number of documents of which a greedy run gave the suffix.
    public var extracted: Int { outcomes.count(where: \.isExtracted) }
    /// Requests to the target in all.
    public var calls: Int { outcomes.reduce(poolCalls) { $0 + $1.calls } }
    /// What was asked of the target in all, every score counted once however many requests it took.
    public var questions: Int { outcomes.reduce(poolCalls) { $0 + $1.questions } }
}
