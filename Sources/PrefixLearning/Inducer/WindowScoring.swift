import Corpus
import Inference

/// What gives windows their scores: servers within a budget, or a stand-in whose scores are known.
protocol WindowScoring: Sendable {
    /// Counts the requests.
    var ledger: CallLedger { get }

    /// Requests that one score of a document can take at most.
    func mostCalls(for document: LearningDocument) -> Int

    /// Scores windows, in probability per token; `nil` where no answer could be had or paid for.
    func scores(of requests: [LiftScorer.Request]) async throws -> [Double?]
}

extension LiftScorer: WindowScoring {}
