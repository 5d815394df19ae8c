import RealModule

/// Evidence against a null hypothesis that may be looked at, and acted on, after every observation.
///
/// E starts at 1, is never negative, and its mean is at most 1 at every stopping time while the null hypothesis holds;
/// so P(E ever reaches 1/α) ≤ α (Ville, 1939). Only the logarithm is kept: E itself over- and underflows.
public protocol EProcess: Sendable, Hashable {
    /// ln E after the observations so far, in nats; 0 before the first.
    var logEvidence: Double { get }
    /// The largest ``logEvidence`` so far, at least 0.
    var highestLogEvidence: Double { get }
}

extension EProcess {
    /// min(1, 1 / max E), a p-value that is valid at every stopping time.
    public var anytimePValue: LogProbability { LogProbability(clamped: -highestLogEvidence) }

    /// Whether the evidence has ever reached 1/alpha.
    ///
    /// - Throws: ``StatisticsError/outOfRange(name:value:requirement:)`` unless `alpha` is strictly between 0 and 1.
    public func rejects(alpha: Double) throws(StatisticsError) -> Bool {
        try Require.openUnit(alpha, "alpha")
        return highestLogEvidence >= -.log(alpha)
    }
}
