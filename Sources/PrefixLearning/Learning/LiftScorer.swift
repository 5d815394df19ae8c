import Corpus
import Inference
import RealModule
import Synchronization

/// Scores the windows of learning documents under elicitations, on all servers at once and within the budget.
///
/// A score is exp(mean ln p) over the suffix's first tokens, the geometric mean of their probabilities: near 0 for text
/// that the model does not know, 1 for text that it is certain to recite. On the scale of ln p a header that merely
/// makes unknown text less surprising gains more than one that brings a half-known text out: on a model with a header
/// for each section any header gained 0.75 nat per token on controls, and the right ones were lost among the rest. It takes the same requests as a
/// window of the audit's first stage.
public struct LiftScorer: Sendable {
    /// The servers of the model under test.
    public let fleet: Fleet
    /// Counts the requests.
    public let ledger: CallLedger
    /// Number of suffix tokens that are scored.
    public let scoredTokens: Int

    /// Creates a scorer.
    public init(fleet: Fleet, ledger: CallLedger, scoredTokens: Int) {
        self.fleet = fleet
        self.ledger = ledger
        self.scoredTokens = max(1, scoredTokens)
    }

    /// One window under one elicitation.
    public struct Request: Sendable {
        let target: ForcingTarget

        /// Asks for a window's score.
        public init(_ elicitation: Elicitation, _ document: LearningDocument) {
            target = ForcingTarget(
                prefix: elicitation.context(of: document.window.prefix), suffix: document.window.suffix)
        }
    }

    /// Scores windows.
    ///
    /// - Parameter requests: What to score, in the order in which it is sent.
    /// - Returns: For each request the score in probability per token, or `nil` when no answer could be had or the budget was
    ///   spent before.
    /// - Throws: ``InferenceError`` when all servers were lost, `CancellationError`.
    public func scores(of requests: [Request]) async throws -> [Double?] {
        let results = Mutex([Double?](repeating: nil, count: requests.count))
        try await fleet.run(Array(requests.indices)) { index, place throws(InferenceError) -> Double? in
            let target = requests[index].target
            let most = mostCalls(for: target)
            guard ledger.reserve(most) else { return nil }
            do throws(InferenceError) {
                let score = try await place.session.scorer.score(
                    target, first: scoredTokens, way: way(on: place.session), slot: place.slot)
                ledger.settle(reserved: most, spent: score.requests)
                return Self.score(score.ln, of: score.tokens.count)
            } catch {
                // What a failed score had asked for before it failed is not known; it is booked in full.
                ledger.settle(reserved: most, spent: most)
                throw error
            }
        } finished: { index, outcome in
            if case .done(let score?) = outcome { results.withLock { $0[index] = score } }
            return .goOn
        }
        return results.withLock { $0 }
    }

    /// The way of forcing: where requests are counted the one that needs the fewest, where time is the fastest.
    private func way(on session: ServerSession) -> ForcingWay {
        guard case .calls = ledger.budget else { return session.calibration.unlikely }
        return [.echo, .grammar].first(where: session.selfTest.usableWays.contains) ?? session.calibration.unlikely
    }

    /// exp(mean ln p), or `nil` without tokens.
    ///
    /// - Parameters:
    ///   - ln: Sum of log-probabilities, in nats.
    ///   - count: Number of tokens.
    public static func score(_ ln: Double, of count: Int) -> Double? {
        count > 0 ? .exp(ln / Double(count)) : nil
    }

    /// Requests that one score of a document can take at most.
    public func mostCalls(for document: LearningDocument) -> Int { mostCalls(for: document.window) }

    private func mostCalls(for target: ForcingTarget) -> Int {
        Set(fleet.sessions.map(way)).map { target.usualRequests(first: scoredTokens, way: $0) }.max() ?? 1
    }
}
