import Corpus

/// Computes forced scores on one server.
///
/// The scorer only decides which requests to send and how to read the replies; everything it decides follows from the
/// bytes of the tokens and the replies, so it is tested against scripted sources as well as real servers.
public struct ForcedScorer: Sendable {
    /// Tokens forced by one grammar request while scoring may still be abandoned.
    static let cautiousStretch = 16
    /// Length of the list of most probable tokens that is asked for before the list of all.
    static let shortList = 128
    /// Tokens asked for by the first request of a free run.
    static let firstFreeRun = 16

    private let source: any CompletionSource
    private let neutralToken: TokenID
    private let vocabulary: Int
    private let reusesCache: Bool

    /// Creates a scorer.
    ///
    /// - Parameters:
    ///   - source: The server.
    ///   - neutralToken: A token of whole ASCII characters; it is sampled where only the list of probable tokens
    ///     matters.
    ///   - vocabulary: Number of tokens in the vocabulary.
    ///   - reusesCache: Whether the server may keep the context between requests of one score. Much faster; results
    ///     can differ in the fourth digit.
    public init(source: any CompletionSource, neutralToken: TokenID, vocabulary: Int, reusesCache: Bool) {
        self.source = source
        self.neutralToken = neutralToken
        self.vocabulary = vocabulary
        self.reusesCache = reusesCache
    }

    /// Scores the suffix of a target.
    ///
    /// - Parameters:
    ///   - target: Context and suffix.
    ///   - count: Number of suffix tokens to score; `nil` for all.
    ///   - way: How to force.
    ///   - known: A score of the first tokens, to be continued.
    ///   - threshold: Log-probability, in nats, below which the rest does not matter: scoring stops as soon as the sum
    ///     falls under it. `nil` scores everything.
    ///   - slot: The server slot to stay on, which makes cache reuse effective.
    /// - Returns: The scores, fewer than asked for when scoring was abandoned.
    /// - Throws: ``InferenceError`` when a request failed or a reply did not contain what was forced.
    /// - Complexity: Between one request and one request per token, depending on the way and the bytes of the tokens.
    public func score(
        _ target: ForcingTarget, first count: Int? = nil, way: ForcingWay, continuing known: ForcedScore? = nil,
        abandoningBelow threshold: Double? = nil, slot: SlotID? = nil
    ) async throws(InferenceError) -> ForcedScore {
        let total = target.suffix.tokens.count
        let end = min(count ?? total, total)
        var run = Run(target: target, slot: slot, tokens: known?.tokens ?? [])
        while run.tokens.count < end {
            if let threshold, run.ln < threshold { break }
            let remaining = run.tokens.count..<end
            switch way {
            case .echo: try await echo(remaining, &run)
            case .freeRun: try await runFreely(remaining, &run)
            case .single: try await perform([ForcingPlan(suffix: target.suffix).singleStep(remaining.lowerBound)], &run)
            case .grammar:
                let limit = threshold == nil ? end : min(end, remaining.lowerBound + Self.cautiousStretch)
                try await perform(
                    ForcingPlan(suffix: target.suffix).grammarSteps(remaining.lowerBound..<limit), &run)
            }
        }
        return ForcedScore(
            tokens: run.tokens, suffixCount: total, requests: (known?.requests ?? 0) + run.requests)
    }

    /// The state of one score while its requests come and go.
    private struct Run {
        let target: ForcingTarget
        let slot: SlotID?
        var tokens: [TokenScore]
        var requests = 0
        var ln: Double { tokens.reduce(0) { $0 + $1.ln } }
    }

    // MARK: Steps

    /// Performs steps that together cover the tokens from the end of the run on.
    private func perform(_ steps: [ForcingStep], _ run: inout Run) async throws(InferenceError) {
        let start = run.tokens.count
        var found = [TokenScore?](repeating: nil, count: run.target.suffix.tokens.count - start)
        for step in steps {
            switch step {
            case .single(let index): found[index - start] = try await single(index, &run)
            case .lookUp(let index): found[index - start] = try await lookUp(index, &run)
            case .grammar(let range, let grammar, let favoured, let withheld):
                let scores = try await force(range, grammar, favoured, withheld, &run)
                for (index, score) in zip(range, scores) where score != nil { found[index - start] = score }
            }
        }
        for score in found {
            guard let score else { break }
            run.tokens.append(score)
        }
    }

    private func single(_ index: Int, _ run: inout Run) async throws(InferenceError) -> TokenScore {
        let token = run.target.suffix.tokens[index]
        let reply = try await ask(index, 1, .token(token), probabilities: 1, &run)
        guard let row = reply.rows.first, row.token == token else {
            // Whatever the reason for the missing row, the list of probable tokens has the answer.
            return try await lookUp(index, &run)
        }
        return score(row)
    }

    private func lookUp(_ index: Int, _ run: inout Run) async throws(InferenceError) -> TokenScore {
        let token = run.target.suffix.tokens[index]
        // Servers take time in proportion to the list they print, and the token is usually among the first.
        for length in [min(Self.shortList, vocabulary), vocabulary] {
            let reply = try await ask(
                index, 1, .token(neutralToken), probabilities: length, lookingUp: token, &run)
            guard let row = reply.rows.first else { break }
            if let ln = reply.lookedUp {
                return TokenScore(token: token, ln: ln, isGreedy: row.mostProbable == token)
            }
        }
        throw .unforced(
            server: source.name,
            detail: "token \(token.rawValue) is missing from the list of all \(vocabulary) tokens")
    }

    /// - Returns: The score of each token of the range, nil where its row is withheld.
    private func force(
        _ range: Range<Int>, _ grammar: String, _ favoured: [TokenID], _ withheld: [Int], _ run: inout Run
    ) async throws(InferenceError) -> [TokenScore?] {
        let tokens = run.target.suffix.tokens[range]
        let reply = try await ask(
            range.lowerBound, range.count, .grammar(grammar, favouring: favoured), probabilities: 1, &run)
        if reply.tokens.elementsEqual(tokens),
            let rows = RowAlignment.align(
                reply.rows, to: tokens, withheld: { withheld.contains(range.lowerBound + $0) })
        {
            return rows.map { $0.map(score) }
        }
        // The characters were spelled by other tokens than the text's own; score those one at a time.
        var scores: [TokenScore?] = []
        for index in range { scores.append(withheld.contains(index) ? nil : try await single(index, &run)) }
        return scores
    }

    private func runFreely(_ range: Range<Int>, _ run: inout Run) async throws(InferenceError) {
        let suffix = run.target.suffix
        let start = range.lowerBound
        // While the model recites, each request doubles what is already known to agree.
        let recited = run.tokens.reversed().prefix { $0.isGreedy }.count
        let length = min(range.count, max(Self.firstFreeRun, recited))
        let reply = try await ask(start, length, .free, probabilities: 1, &run)
        let agreed = zip(reply.tokens, suffix.tokens[range]).prefix { $0 == $1 }.count
        let plan = ForcingPlan(suffix: suffix)
        let rows = RowAlignment.align(reply.rows, to: reply.tokens.prefix(agreed)) { position in
            plan.withholdsRow(after: suffix.bytes(ofTokens: start..<start + position + 1))
        }
        guard let rows else {
            // Whatever the server left out, single tokens can still be asked for.
            try await perform(plan.singleSteps(start..<start + agreed), &run)
            if agreed == 0 { try await perform([plan.singleStep(start)], &run) }
            return
        }
        for (position, row) in rows.enumerated() {
            if let row {
                run.tokens.append(score(row))
            } else {
                try await perform([plan.singleStep(start + position)], &run)
            }
        }
        if agreed < length, start + agreed < range.upperBound {
            try await perform([plan.singleStep(start + agreed)], &run)
        }
    }

    private func echo(_ range: Range<Int>, _ run: inout Run) async throws(InferenceError) {
        let prefix = run.target.prefix
        let suffix = run.target.suffix.tokens
        run.requests += 1
        let echoed = try await source.echo(prefix + suffix[..<range.upperBound])
        for index in range {
            let position = prefix.count + index
            guard position < echoed.count, let ln = echoed[position].ln else {
                throw .unforced(server: source.name, detail: "no log-probability for prompt token \(position)")
            }
            run.tokens.append(TokenScore(token: suffix[index], ln: ln, isGreedy: echoed[position].isGreedy))
        }
    }

    // MARK: Requests

    private func ask(
        _ index: Int, _ length: Int, _ constraint: Constraint, probabilities: Int, lookingUp: TokenID? = nil,
        _ run: inout Run
    ) async throws(InferenceError) -> Completion {
        let request = CompletionRequest(
            prompt: run.target.context(before: index), maximumTokens: length, topProbabilities: probabilities,
            constraint: constraint, reusesCache: reusesCache, slot: run.slot)
        run.requests += 1
        return try await source.complete(request, lookingUp: lookingUp)
    }

    private func score(_ row: ProbabilityRow) -> TokenScore {
        TokenScore(token: row.token, ln: row.ln, isGreedy: row.mostProbable == row.token)
    }
}
