import RealModule

/// A two-sample decision that may stop early: an e-process at α/2 while documents come in, and one exact test at α/2
/// when the plan is used up.
///
/// The two error probabilities add up to at most α, whatever the dependence between them. Early stopping saves when the
/// effect is larger than planned; at the planned effect the final test keeps the power that the e-process gives up.
public struct HybridDecision: Sendable, Hashable {
    /// The error probability of the whole procedure.
    public let alpha: Double
    /// The sequential half.
    public private(set) var process: SafeTwoProportions

    /// Starts a decision at level `alpha`.
    ///
    /// - Throws: ``StatisticsError`` unless `alpha` is strictly between 0 and 1 and the bet is valid.
    public init(alpha: Double, bet: TwoProportionBet) throws(StatisticsError) {
        try Require.openUnit(alpha, "alpha")
        self.alpha = alpha
        process = try SafeTwoProportions(bet: bet)
    }

    /// Takes the outcome of one suspect and one control document.
    public mutating func observe(suspectHit: Bool, controlHit: Bool) {
        process.observe(suspectHit: suspectHit, controlHit: controlHit)
    }

    /// Whether the sequential half has rejected: sampling may stop.
    public var hasStopped: Bool { (try? process.rejects(alpha: alpha / 2)) ?? false }

    /// The sequential half as a test: p = min(1, 1 / max E), valid whenever the run stops, at the level `alpha / 2`.
    public var sequentialTest: TestResult {
        TestResult(
            method: "sequential test of paired documents (safe two-proportion e-process)", alternative: .greater,
            statistic: process.highestLogEvidence, pValue: process.anytimePValue, exactness: .anytime,
            sampleSizes: [process.pairs, process.pairs])
    }

    /// The conclusion from the pairs so far and, once the plan is used up, from the final test.
    ///
    /// - Parameter finalTest: The exact test on all documents of the plan, computed once; `nil` when stopping early or
    ///   when the run broke off. A final test is what the plan says it is: looking at it early and then going on
    ///   voids its level.
    public func conclusion(finalTest: TestResult? = nil) -> HybridConclusion {
        let half = LogProbability(clamped: .log(alpha / 2))
        let sequential = process.anytimePValue
        let final = finalTest?.pValue
        let smaller = min(sequential, final ?? .certain)
        let evidence: HybridConclusion.Evidence
        if sequential <= half {
            evidence = .sequential
        } else if let final, final <= half {
            evidence = .finalTest
        } else {
            evidence = .neither
        }
        return HybridConclusion(
            evidence: evidence, pValue: LogProbability(clamped: smaller.ln + 0.693_147_180_559_945_3), alpha: alpha,
            logEvidence: process.highestLogEvidence, finalTest: finalTest)
    }
}

/// What a ``HybridDecision`` concludes.
public struct HybridConclusion: Sendable, Codable, Hashable {
    /// Which half rejected the null hypothesis.
    public enum Evidence: String, Sendable, Codable, Hashable {
        /// The e-process reached 2/α.
        case sequential
        /// The final exact test was at most α/2.
        case finalTest
        /// Neither half did.
        case neither
    }

    /// Which half rejected, if any.
    public let evidence: Evidence
    /// Twice the smaller of the two halves' p-values, at most 1: a p-value of the whole procedure.
    public let pValue: LogProbability
    /// The level of the whole procedure.
    public let alpha: Double
    /// The largest ln E of the sequential half.
    public let logEvidence: Double
    /// The final test, where it was made.
    public let finalTest: TestResult?

    /// Whether the null hypothesis is rejected at level ``alpha``.
    public var rejects: Bool { evidence != .neither }
}
