import Corpus
import Inference

/// Asks one server about siblings and openings.
///
/// Every sibling is scored to its end. Stopping early would be sound only where a rank could no longer change: when a
/// reference has fallen below the published sibling's finished score. But that needs the published sibling to be asked
/// first, and then whatever changes on a server between the beginning and the end of a test favours one side.
struct CanaryProber: Sendable {
    let canaries: [TokenizedCanary]
    /// Tokens that the model's tokenizer puts before every text.
    let leading: [TokenID]
    let reusesCache: Bool

    /// Asks one question.
    ///
    /// - Parameters:
    ///   - probe: The question; its numbers must be those of a canary and a sibling.
    ///   - source: The server.
    ///   - scorer: The scorer of the server.
    ///   - way: How to force: one way for all siblings.
    ///   - contextTokens: What a slot of the server holds, or 0 if that is not known.
    ///   - slot: The server's slot to use.
    func ask(
        _ probe: CanaryProbe, of source: any CompletionSource, scorer: ForcedScorer, way: ForcingWay,
        contextTokens: Int, slot: SlotID
    ) async throws(InferenceError) -> CanaryAnswer {
        switch probe {
        case .sibling(let canary, let index):
            let canary = canaries[canary]
            let target = ForcingTarget(prefix: leading + canary.opening, suffix: canary.rests[index])
            try require(target.prefix.count + target.suffix.tokens.count + 1, in: contextTokens, source)
            let score = try await scorer.score(target, way: way, slot: slot)
            guard score.ln.isFinite else {
                throw .unforced(server: source.name, detail: "a log-probability is not a number")
            }
            return .score(
                ln: score.ln, tokens: score.tokens.count,
                censored: score.tokens.contains { $0.exactness == .censored })
        case .continuation(let canary):
            let canary = canaries[canary]
            let prompt = leading + canary.opening
            try require(prompt.count + canary.roomForSecret + 1, in: contextTokens, source)
            let request = CompletionRequest(
                prompt: prompt, maximumTokens: canary.roomForSecret, reusesCache: reusesCache, slot: slot)
            let reply = try await source.complete(request, lookingUp: nil)
            return .continuation(text: reply.content, openingBytes: canary.openingBytes)
        }
    }

    private func require(_ needed: Int, in available: Int, _ source: any CompletionSource) throws(InferenceError) {
        guard available <= 0 || needed <= available else {
            throw .contextTooSmall(server: source.name, needed: needed, available: available)
        }
    }
}
