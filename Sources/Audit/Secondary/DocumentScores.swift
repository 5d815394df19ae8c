import Corpus
import Inference
import Statistics

/// The scores of one document.
public struct DocumentScores: Codable, Hashable, Sendable {
    /// The arm of the document.
    public let arm: Arm
    /// The document.
    public let document: DocumentID
    /// Number of windows observed.
    public let windows: Int
    /// Number of windows with a usable forced score.
    public let scoredWindows: Int
    /// Number of windows of which ``DocumentFeature/suffixLn`` is only bounded from above.
    public let boundedWindows: Int
    /// The scores that could be computed, by name.
    public let values: [DocumentFeature: Double]

    /// Computes the scores of one document.
    ///
    /// Min-K % and the share of greedy tokens are taken over the tokens that the plan has scored in every window (all of
    /// them in a full run, the first ones in a staged run), so that documents stay comparable whether or not a window was
    /// followed further.
    ///
    /// - Parameters:
    ///   - observations: The document's observations.
    ///   - plan: The plan that they were made under.
    /// - Complexity: O(tokens log tokens).
    init(arm: Arm, document: DocumentID, observations: [Observation], plan: AuditPlan) {
        self.arm = arm
        self.document = document
        windows = observations.count
        let common = plan.staging == .full ? plan.shape.suffixTokens : plan.scoredTokens
        var sums: [DocumentFeature: (total: Double, count: Int)] = [:]
        func add(_ feature: DocumentFeature, _ value: Double?) {
            guard let value, value.isFinite else { return }
            let sum = sums[feature, default: (0, 0)]
            sums[feature] = (sum.total + value, sum.count + 1)
        }
        var (scored, bounded) = (0, 0)
        for observation in observations {
            let sighting = observation.sighting
            let score = sighting?.score.flatMap { $0.isUsable ? $0 : nil }
            if let run = Self.greedyRun(sighting?.reply, score) { add(.greedyRun, Double(run)) }
            guard let score else { continue }
            scored += 1
            add(.meanLn, score.ln(ofFirst: plan.scoredTokens).map { $0 / Double(max(1, plan.scoredTokens)) })
            if (1...score.lns.count).contains(common) {
                let lns = Array(score.lns.prefix(common))
                add(.minK, try? Statistics.minK(logProbabilities: lns, fraction: DocumentFeature.lowestShare))
                add(.greedyShare, Double(score.greedy.prefix(common).count { $0 == "1" }) / Double(common))
            }
            let suffix = observation.suffixProbability(suffixTokens: plan.shape.suffixTokens)
            if case .atMost = suffix { bounded += 1 }
            add(.suffixLn, suffix.upper.ln)
        }
        scoredWindows = scored
        boundedWindows = bounded
        // A mean of numbers that no model gives may leave the range of `Double`.
        values = sums.mapValues { $0.total / Double($0.count) }.filter { abs($0.value) <= 1e100 }
    }

    /// The run of the greedy reply or of the score's flags, whichever shows more.
    private static func greedyRun(_ reply: Sighting.Reply?, _ score: Sighting.Score?) -> Int? {
        switch (reply, score) {
        case (nil, nil): nil
        case (let reply?, nil): reply.run
        case (nil, let score?): score.greedyRun
        case (let reply?, let score?): max(reply.run, score.greedyRun)
        }
    }
}

extension Observation {
    /// What is known of the probability that one sample continues the prefix with exactly the suffix; a bound of 1 for a
    /// window without a usable score.
    ///
    /// - Parameter suffixTokens: The length of a whole suffix by the plan, in tokens.
    func suffixProbability(suffixTokens: Int) -> SuffixProbability {
        guard let score = sighting?.score, score.isUsable else { return .atMost(.certain) }
        // A score says that some token is censored, not which one: the sum is a bound either way.
        let tokens = score.lns.map { score.censored ? TokenLogProbability.atMost($0) : .exact($0) }
        return (try? SuffixProbability(tokens, length: suffixTokens)) ?? .atMost(.certain)
    }
}

extension Sighting.Score {
    /// Whether the numbers can be log-probabilities, which a journal that was written by hand need not hold.
    var isUsable: Bool {
        !lns.isEmpty && greedy.utf8.count == lns.count && lns.allSatisfy { $0.isFinite && $0 <= 0 }
    }
}
