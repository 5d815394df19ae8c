import RealModule

/// Which rates a ``BinomialEProcess`` speaks against.
public enum RateClaim: Codable, Sendable, Hashable {
    /// The null hypothesis is "the rate is at most this": evidence that something happens.
    case atMost(Double)
    /// The null hypothesis is "the rate is at least this": evidence of absence.
    case atLeast(Double)
}

/// An e-process about one rate, fed with independent trials.
///
/// The likelihood of the data mixed over the rates outside the claim, divided by that at the claim's boundary:
/// E = B(a+s, b+f)·P(beyond the boundary | Beta(a+s, b+f)) / (B(a,b)·P(beyond | Beta(a,b))·p₀ˢ(1−p₀)ᶠ) for s hits and f
/// misses, with a Beta(a, b) prior cut off at p₀ (Ville, 1939; Robbins, 1970). At 0/n against "at most p₀" the evidence
/// falls like 1/n, against "at least δ" it grows like (1−δ)⁻ⁿ.
public struct BinomialEProcess: EProcess {
    /// The null hypothesis.
    public let claim: RateClaim
    /// Hits so far.
    public private(set) var hits: Int64 = 0
    /// Trials so far.
    public private(set) var trials: Int64 = 0
    /// ln E after the trials so far.
    public private(set) var logEvidence = 0.0
    /// The largest ``logEvidence`` so far.
    public private(set) var highestLogEvidence = 0.0
    private let hitPrior: Double
    private let missPrior: Double
    private let logPriorMass: Double

    /// Starts at E = 1.
    ///
    /// - Parameters:
    ///   - claim: The null hypothesis; its rate strictly between 0 and 1.
    ///   - hitPrior: The prior's pseudo-hits a, above 0.
    ///   - missPrior: The prior's pseudo-misses b, above 0.
    /// - Throws: ``StatisticsError`` for a rate or prior out of range.
    public init(against claim: RateClaim, hitPrior: Double = 1, missPrior: Double = 1) throws(StatisticsError) {
        try Require.positive(hitPrior, "hit prior")
        try Require.positive(missPrior, "miss prior")
        switch claim {
        case .atMost(let rate), .atLeast(let rate): try Require.openUnit(rate, "claimed rate")
        }
        self.claim = claim
        self.hitPrior = hitPrior
        self.missPrior = missPrior
        logPriorMass = try Self.logRatio(claim, hitPrior, missPrior)
    }

    /// Takes the outcome of one trial.
    ///
    /// - Throws: ``StatisticsError/noConvergence(function:arguments:)`` for priors beyond any use.
    /// - Complexity: O(√trials) at worst.
    public mutating func observe(hit: Bool) throws(StatisticsError) {
        let nextHits = hits + (hit ? 1 : 0)
        let nextTrials = trials + 1
        let logRatio = try Self.logRatio(
            claim, hitPrior + Double(nextHits), missPrior + Double(nextTrials - nextHits))
        (hits, trials) = (nextHits, nextTrials)
        logEvidence = logRatio - logPriorMass
        highestLogEvidence = max(highestLogEvidence, logEvidence)
    }

    /// ln of B(A, B)·P(beyond the boundary) / (p₀ᴬ (1−p₀)ᴮ).
    private static func logRatio(_ claim: RateClaim, _ a: Double, _ b: Double) throws(StatisticsError) -> Double {
        switch claim {
        case .atMost(let rate):
            return try IncompleteBeta(x: rate, y: 1 - rate, a: a, b: b).upper
                - IncompleteBeta.logPrefactor(x: rate, y: 1 - rate, a: a, b: b)
        case .atLeast(let rate):
            return try IncompleteBeta(x: rate, y: 1 - rate, a: a, b: b).lower
                - IncompleteBeta.logPrefactor(x: rate, y: 1 - rate, a: a, b: b)
        }
    }
}
